import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { makeResources } from './resources';
import { makeRuns } from './runs';
import { iso, second } from './times';

/** Makes a healthy environment with 40 runs. */
export function makeEnvironment(
  now: number,
  rest: Partial<EnvironmentStatus> = {},
): EnvironmentStatus {
  return {
    name: 'demo',
    account: '111122223333',
    accountName: 'lake-demo',
    region: 'eu-central-1',
    observedAt: iso(now - 12 * second),
    observing: false,
    health: 'healthy',
    reason: 'fresh 2 h ago, next run 02:00 UTC',
    rules: [
      { name: 'run', health: 'healthy', text: '22 Nov 02:00, took 38 m' },
      {
        name: 'freshness',
        health: 'healthy',
        text: '2 h 03 m old, promised 26 h',
      },
      { name: 'stacks', health: 'healthy', text: '1 of 1 complete' },
      { name: 'resources', health: 'healthy', text: '12 of 12 well' },
    ],
    resources: makeResources(now),
    runs: makeRuns(now, 40),
    problems: [],
    actions: allowed,
    ...rest,
  };
}

/** The actions of a caller who may do everything. */
export const allowed = {
  run: { allowed: true },
  deploy: { allowed: true },
  delete: { allowed: true },
};

/** Makes the actions of a caller who may do nothing. */
export function denied(reason: string): EnvironmentStatus['actions'] {
  const no = { allowed: false, reason };
  return { run: no, deploy: no, delete: no };
}
