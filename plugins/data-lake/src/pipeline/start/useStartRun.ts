import { useApi } from '@backstage/frontend-plugin-api';
import { toRunId } from '@data-lake/plugin-data-lake-common';
import { useRef, useState } from 'react';
import { dataLakeApiRef } from '../../api';

/**
 * Starts one run. The run id is made once per dialog, so a double click or a second try after a lost
 * answer does not start a second run.
 */
export function useStartRun(options: {
  entityRef: string;
  environment: string;
  onStarted(runId: string): void;
}) {
  const api = useApi(dataLakeApiRef);
  const [runId] = useState(() => toRunId(new Date(), randomHex()));
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<Error>();
  const busy = useRef(false);

  const start = async (conf: Record<string, unknown>) => {
    if (busy.current) return;
    busy.current = true;
    setStarting(true);
    setError(undefined);
    const { entityRef, environment, onStarted } = options;
    try {
      const ref = { entityRef, name: environment };
      onStarted(await api.startRun(ref, { runId, conf }));
    } catch (e) {
      setError(e as Error);
    } finally {
      busy.current = false;
      setStarting(false);
    }
  };
  return { runId, start, starting, error };
}

function randomHex(): string {
  const [n] = crypto.getRandomValues(new Uint16Array(1));
  return n.toString(16).padStart(4, '0');
}
