import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The selected part of the pipeline, kept in the URL so that a link opens the same. */
export interface Selection {
  environment?: string;
  run?: string;
  step?: string;
  /** Optional, default runs and resources. */
  view?: 'deploy';
}

/**
 * Reads and changes the selection in the URL. Opening a step or a view adds an entry to the browser's
 * history; opening a run or an environment does not.
 */
export function useSelection(): [Selection, (selection: Selection) => void] {
  const [params, setParams] = useSearchParams();
  const read = (key: string) => params.get(key) ?? undefined;
  const select = useCallback(
    (selection: Selection) => {
      setParams(
        current => {
          const next = new URLSearchParams(current);
          for (const key of ['environment', 'run', 'step', 'view'] as const) {
            const text = selection[key];
            if (text === undefined) next.delete(key);
            else next.set(key, text);
          }
          return next;
        },
        {
          replace: selection.step === undefined && selection.view === undefined,
          preventScrollReset: true,
        },
      );
    },
    [setParams],
  );
  return [
    {
      environment: read('environment'),
      run: read('run'),
      step: read('step'),
      view: read('view') === 'deploy' ? 'deploy' : undefined,
    },
    select,
  ];
}
