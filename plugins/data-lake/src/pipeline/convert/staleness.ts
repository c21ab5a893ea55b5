import type {
  EnvironmentStatus,
  Health,
} from '@data-lake/plugin-data-lake-common';

/** Fifteen sweeps of the default interval: by then something is wrong with the collecting itself. */
const staleAfter = 15 * 60 * 1000;

/** How old an observation is in milliseconds, where it is too old to speak for the present. */
export function findStaleAge(
  environment: Pick<EnvironmentStatus, 'observedAt'>,
  now: number,
): number | undefined {
  if (!environment.observedAt) return undefined;
  const age = now - Date.parse(environment.observedAt);
  return age > staleAfter ? age : undefined;
}

/** The health to show: what is stale or was never seen is unknown, and unknown is never green. */
export function toShownHealth(
  environment: Pick<EnvironmentStatus, 'observedAt' | 'health'>,
  now: number,
): Health {
  const blind =
    !environment.observedAt || findStaleAge(environment, now) !== undefined;
  return blind ? 'unknown' : environment.health;
}
