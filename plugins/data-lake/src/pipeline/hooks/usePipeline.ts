import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { isActive } from '@data-lake/plugin-data-lake-common';
import type { Pipeline } from '@data-lake/plugin-data-lake-common';
import { useEffect } from 'react';
import useSWR from 'swr';
import { dataLakeApiRef } from '../../api';

const whileActive = 3_000;
const whileIdle = 30_000;

/**
 * Reads the pipeline of an entity and keeps it current, by signals and by polling. Polling is fast while a
 * run or an observation is in progress, and stops while the browser tab is hidden. The last answer stays
 * until a newer one arrives.
 *
 * @param options.awaited - id of a run that was started and is not listed yet
 */
export function usePipeline(entityRef: string, options: { awaited?: string }) {
  const api = useApi(dataLakeApiRef);
  const { lastSignal } = useSignal(`data-lake:${entityRef}`);
  const swr = useSWR(
    ['data-lake', entityRef],
    () => api.getPipeline(entityRef),
    {
      refreshInterval: pipeline =>
        isChanging(pipeline, options.awaited) ? whileActive : whileIdle,
      errorRetryInterval: 10_000,
      keepPreviousData: false,
    },
  );
  const { data: pipeline, error, isLoading, mutate } = swr;

  useEffect(() => {
    if (lastSignal) mutate();
  }, [lastSignal, mutate]);

  return {
    pipeline,
    error: error as Error | undefined,
    isLoading,
    reload: mutate,
  };
}

/** Tells whether a run or an observation is in progress, or a started run is not listed yet. */
export function isChanging(pipeline?: Pipeline, awaited?: string): boolean {
  if (!pipeline) return false;
  const runs = pipeline.environments.flatMap(e => e.runs);
  return (
    pipeline.environments.some(e => e.observing) ||
    runs.some(run => isActive(run) && run.state !== 'unknown') ||
    (awaited !== undefined && !runs.some(run => run.id === awaited))
  );
}
