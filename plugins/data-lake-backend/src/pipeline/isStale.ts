import { isActive } from '@data-lake/plugin-data-lake-common';
import { CollectConfig } from '../config';
import { StoredObservation } from '../store/ObservationStore';

/** Tells whether an observation is too old for a page that is open now. */
export function isStale(
  stored: StoredObservation,
  { now, collect }: { now: Date; collect: CollectConfig },
): boolean {
  if (!stored.triedAt) return true;
  const seconds = stored.runs.some(isActive)
    ? collect.activeSeconds
    : collect.idleSeconds;
  return now.getTime() - Date.parse(stored.triedAt) >= seconds * 1_000;
}
