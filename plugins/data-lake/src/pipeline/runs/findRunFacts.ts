import type { Run } from '@data-lake/plugin-data-lake-common';
import { findDuration, findMedian } from '../../format';

/** What the newest runs say together. Durations in milliseconds. */
export interface RunFacts {
  ended: number;
  succeeded: number;
  median?: number;
  /** How much longer the newest success took than the median. */
  newestAgainstMedian?: number;
  lastGood?: Run;
}

/** @param runs - newest first */
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
