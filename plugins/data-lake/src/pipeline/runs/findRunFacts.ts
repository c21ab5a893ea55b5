import type { Run } from '@data-lake/plugin-data-lake-common';
import { findDuration, findMedian } from '../../format';

/** Statistics of the newest runs. Durations in milliseconds. */
export interface RunFacts {
  ended: number;
  succeeded: number;
  median?: number;
  /** Difference of the newest success from the median. */
  newestAgainstMedian?: number;
  lastGood?: Run;
}

/**
 * Computes the statistics of runs.
 *
 * @param runs - newest first
 */
export function findRunFacts(runs: readonly Run[]): RunFacts {
  const good = runs.filter(run => run.state === 'succeeded');
  const failed = runs.filter(run => run.state === 'failed');
  const durations = good.flatMap(run => findDuration(run, 0) ?? []);
  const median = findMedian(durations);
  return {
    ended: good.length + failed.length,
    succeeded: good.length,
    median,
    newestAgainstMedian:
      median === undefined ? undefined : durations[0] - median,
    lastGood: good[0],
  };
}
