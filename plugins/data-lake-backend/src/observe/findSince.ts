import { isActive, Run } from '@data-lake/plugin-data-lake-common';
import { StoredObservation } from '../store/ObservationStore';

/** First look back: two weeks show enough runs of a daily pipeline. */
const firstLookBackMs = 14 * 24 * 3_600_000;
/** Services report the end of a run one after the other: a crawl, a cluster that terminates. */
const settleMs = 15 * 60_000;

/** Finds how far back to read: runs that ended and settled before the last observation cannot change. */
export function findSince(
  before: Pick<StoredObservation, 'observedAt' | 'runs'>,
  now: Date,
): Date {
  const observedAt = before.observedAt && Date.parse(before.observedAt);
  if (!observedAt) return new Date(now.getTime() - firstLookBackMs);
  const starts = before.runs
    .filter(run => mayChange(run, observedAt))
    .map(run => Date.parse(run.queuedAt ?? run.startedAt ?? now.toISOString()));
  return new Date(Math.min(observedAt, ...starts) - settleMs);
}

function mayChange(run: Run, observedAt: number): boolean {
  if (isActive(run)) return true;
  return !!run.endedAt && Date.parse(run.endedAt) > observedAt - settleMs;
}
