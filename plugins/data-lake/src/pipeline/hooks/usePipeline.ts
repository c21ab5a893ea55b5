import { useApi } from '@backstage/frontend-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import type { Pipeline } from '@data-lake/plugin-data-lake-common';
import { useEffect } from 'react';
import useSWR from 'swr';
import { dataLakeApiRef } from '../../api';
import { goesOn } from '../convert/goesOn';

const whileActive = 3_000;
const whileIdle = 30_000;

/**
 * The pipeline of an entity, kept current: by signals where they arrive, and by polling, which is
 * quick while something goes on and stops while the tab is hidden. What was shown stays shown until
 * something newer is there.
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
        isActive(pipeline, options.awaited) ? whileActive : whileIdle,
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

/** Whether something is under way that a reader waits for. */
export function isActive(pipeline?: Pipeline, awaited?: string): boolean {
  if (!pipeline) return false;
  const runs = pipeline.environments.flatMap(e => e.runs);
  return (
    pipeline.environments.some(e => e.observing) ||
    runs.some(run => goesOn(run) && run.state !== 'unknown') ||
    (awaited !== undefined && !runs.some(run => run.id === awaited))
  );
}
