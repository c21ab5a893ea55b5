import { isStale } from '@data-lake/plugin-data-lake-common';
import type {
  EnvironmentStatus,
  Health,
  HealthRule,
} from '@data-lake/plugin-data-lake-common';

/** Returns the age of an observation in milliseconds if it is too old to be current. */
export function findStaleAge(
  environment: Pick<EnvironmentStatus, 'observedAt'>,
  now: number,
): number | undefined {
  const { observedAt } = environment;
  if (!observedAt || !isStale(observedAt, now)) return undefined;
  return now - Date.parse(observedAt);
}

/** Returns the health of a rule to show: what was well long ago may not be well now. */
export function toShownRuleHealth(
  environment: Pick<EnvironmentStatus, 'observedAt'>,
  { health }: Pick<HealthRule, 'health'>,
  now: number,
): Health {
  const isGood = health === 'healthy' || health === 'running';
  return isGood && findStaleAge(environment, now) !== undefined
    ? 'unknown'
    : health;
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
