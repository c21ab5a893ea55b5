import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';

/** Tells whether the last observation was complete, so that everything it does not list is absent. */
export function isObserved(
  environment: Pick<EnvironmentStatus, 'observedAt' | 'problems'>,
): boolean {
  return Boolean(environment.observedAt) && environment.problems.length === 0;
}
