import { useApi } from '@backstage/frontend-plugin-api';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { dataLakeApiRef } from '../../api';
import type { TaskRequest } from '../../api';
import { toTaskPath } from '../../scaffolderPaths';

/** Starts a task once, even on a double click, and opens its page. */
export function useStartTask() {
  const api = useApi(dataLakeApiRef);
  const navigate = useNavigate();
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<Error>();
  const busy = useRef(false);

  const start = async (task: TaskRequest) => {
    if (busy.current) return;
    busy.current = true;
    setStarting(true);
    setError(undefined);
    try {
      navigate(toTaskPath(await api.startTask(task)));
    } catch (e) {
      // Only a task that did not start may be tried again.
      busy.current = false;
      setStarting(false);
      setError(e as Error);
    }
  };
  return { start, starting, error };
}
