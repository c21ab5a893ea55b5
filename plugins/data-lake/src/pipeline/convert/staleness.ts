import type {
  EnvironmentStatus,
  Health,
} from '@data-lake/plugin-data-lake-common';

/** Fifteen sweeps of the default interval: by then the collector itself has a problem. */
const staleAfter = 15 * 60 * 1000;

/** Returns the age of an observation in milliseconds if it is too old to be current. */
export function findStaleAge(
  environment: Pick<EnvironmentStatus, 'observedAt'>,
  now: number,
): number | undefined {
  if (!environment.observedAt) return undefined;
  const age = now - Date.parse(environment.observedAt);
  return age > staleAfter ? age : undefined;
}

/** Returns the health to show: unknown, which is never green, if the observation is missing or stale. */
export function toShownHealth(
  environment: Pick<EnvironmentStatus, 'observedAt' | 'health'>,
  now: number,
): Health {
  const blind =
    !environment.observedAt || findStaleAge(environment, now) !== undefined;
  return blind ? 'unknown' : environment.health;
}
