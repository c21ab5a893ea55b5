import { useState } from 'react';
import { isNewRunId } from '../convert/isNewRunId';

/**
 * Tells whether the selected run was just started, here or by the id in a link, so that the page waits
 * until Airflow lists it.
 *
 * @param selected - id of the selected run
 */
export function useAwaitedRun(selected: string | undefined) {
  const [started, awaitRun] = useState<string>();
  const isAwaited =
    selected !== undefined &&
    (selected === started || isNewRunId(selected, Date.now()));
  return { awaited: isAwaited ? selected : undefined, awaitRun };
}
