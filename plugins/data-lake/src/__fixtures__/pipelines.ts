import type {
  EnvironmentStatus,
  Pipeline,
} from '@data-lake/plugin-data-lake-common';
import { allowed, denied, makeEnvironment } from './environment';
import { makeFailedRun, makeRun, makeRuns } from './runs';
import { day, iso, minute } from './times';

/** The environments of each fixture, made for a given time. */
export const fixtures = {
  healthy: (now: number) => [
    makeEnvironment(now),
    makeEnvironment(now, {
      name: 'prod',
      health: 'late',
      reason: 'no run for 30 h',
      account: '444455556666',
      accountName: 'lake-prod',
    }),
  ],
  running: (now: number) => {
    const run = makeRun({
      start: now - 28 * minute,
      state: 'running',
      ends: 28 * 60,
      trigger: 'manual',
    });
    return only(
      makeEnvironment(now, {
        health: 'running',
        reason: 'Glue, step 10 of 13',
        rules: [
          { name: 'run', health: 'running', text: 'since 28 m' },
          {
            name: 'freshness',
            health: 'healthy',
            text: '25 h 51 m old, promised 26 h',
          },
          { name: 'stacks', health: 'healthy', text: '1 of 1 complete' },
          { name: 'resources', health: 'healthy', text: '12 of 12 well' },
        ],
        runs: [run, ...makeRuns(now - day, 39)],
        actions: {
          ...allowed,
          run: { allowed: false, reason: 'A run is in progress.' },
        },
      }),
    );
  },
  failed: (now: number) => {
    const runs = makeRuns(now, 40);
    runs[0] = makeFailedRun(now - 2 * 60 * minute);
    runs[1] = makeFailedRun(now - 2 * 60 * minute - day);
    return only(
      makeEnvironment(now, {
        health: 'failed',
        reason: '2 runs in a row, data 50 h old',
        rules: [
          {
            name: 'run',
            health: 'failed',
            text: '22 Nov 02:00 failed in Glue',
          },
          {
            name: 'freshness',
            health: 'late',
            text: '50 h old, promised 26 h',
          },
          { name: 'stacks', health: 'healthy', text: '1 of 1 complete' },
          { name: 'resources', health: 'healthy', text: '12 of 12 well' },
        ],
        runs,
      }),
    );
  },
  partial: (now: number) =>
    only(
      makeEnvironment(now, {
        health: 'unknown',
        reason: 'EMR did not answer',
        problems: [
          {
            service: 'emr',
            health: 'unknown',
            message:
              'Listing clusters in 111122223333, eu-central-1: ThrottlingException. The next attempt is in a minute.',
          },
          {
            service: 'lambda',
            health: 'denied',
            message:
              'Reading function movielens-demo-check-glue-job: not allowed. Add lambda:GetFunctionConfiguration to role backstage-data-lake-read.',
          },
        ],
      }),
    ),
  denied: (now: number) =>
    only(
      makeEnvironment(now, {
        health: 'denied',
        reason: 'account 1111-2222-3333 refuses reading',
        rules: [{ name: 'stacks', health: 'denied', text: 'not readable' }],
        resources: [],
        runs: [],
        problems: [
          {
            service: 'cloudformation',
            health: 'denied',
            message:
              'Reading stack movielens-demo-foundations: not allowed. Add cloudformation:DescribeStacks to role backstage-data-lake-read.',
          },
        ],
        actions: denied('You are not in team-discovery.'),
      }),
    ),
  gone: (now: number) =>
    only(
      makeEnvironment(now, {
        health: 'gone',
        reason: 'stack movielens-demo-foundations was deleted',
        rules: [{ name: 'stacks', health: 'gone', text: '0 of 1 there' }],
        resources: [],
        problems: [
          {
            service: 'cloudformation',
            health: 'gone',
            message:
              'Stack movielens-demo-foundations is not in 111122223333, eu-central-1. Deploy it again, or remove the annotation.',
          },
        ],
        actions: {
          ...allowed,
          run: { allowed: false, reason: 'The stack is gone.' },
        },
      }),
    ),
  stale: (now: number) =>
    only(makeEnvironment(now, { observedAt: iso(now - 47 * minute) })),
  empty: (now: number) =>
    only(
      makeEnvironment(now, {
        health: 'unknown',
        reason: 'deployed 4 m ago, never run',
        rules: [
          { name: 'run', health: 'unknown', text: 'none yet' },
          { name: 'freshness', health: 'unknown', text: 'no data yet' },
          { name: 'stacks', health: 'healthy', text: '1 of 1 complete' },
          { name: 'resources', health: 'healthy', text: '12 of 12 well' },
        ],
        runs: [],
      }),
    ),
  unseen: (now: number) =>
    only(
      makeEnvironment(now, {
        observedAt: undefined,
        health: 'unknown',
        reason: 'not observed yet',
        rules: [],
        resources: [],
        runs: [],
      }),
    ),
  many: (now: number) =>
    only(makeEnvironment(now, { runs: makeRuns(now, 200) })),
} satisfies Record<string, (now: number) => EnvironmentStatus[]>;

export type FixtureName = keyof typeof fixtures;

export const fixtureNames = Object.keys(fixtures) as FixtureName[];

/** Makes the pipeline of a fixture. */
export function makePipeline(name: FixtureName, now = Date.now()): Pipeline {
  return {
    entityRef: `component:default/${name}`,
    environments: fixtures[name](now),
  };
}

function only(environment: EnvironmentStatus): EnvironmentStatus[] {
  return [environment];
}
