import { toRunKey } from '@data-lake/plugin-data-lake-common';
import type {
  EnvironmentStatus,
  Pipeline,
  Resource,
  Run,
  RunState,
  Step,
} from '@data-lake/plugin-data-lake-common';

/** Pipelines in every state that the page knows, for the dev app and the tests. */

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

const console_ = 'https://eu-central-1.console.aws.amazon.com';

const iso = (time: number) => new Date(time).toISOString();

const plan: Array<{
  id: string;
  parent?: string;
  service: Step['service'];
  kind: Step['kind'];
  name: string;
  /** Start and length in seconds of a run of 38 minutes. */
  at: [number, number];
}> = [
  {
    id: 'run',
    service: 'mwaa',
    kind: 'DAG run',
    name: 'movielens-demo',
    at: [0, 2292],
  },
  {
    id: 'create',
    parent: 'run',
    service: 'mwaa',
    kind: 'task',
    name: 'create_cluster',
    at: [8, 354],
  },
  {
    id: 'cluster',
    parent: 'create',
    service: 'emr',
    kind: 'cluster',
    name: 'movielens-demo-',
    at: [12, 1190],
  },
  {
    id: 'steps',
    parent: 'run',
    service: 'mwaa',
    kind: 'task',
    name: 'add_steps',
    at: [380, 794],
  },
  {
    id: 'movies',
    parent: 'steps',
    service: 'emr',
    kind: 'step',
    name: 'preprocess_movies',
    at: [400, 191],
  },
  {
    id: 'ratings',
    parent: 'steps',
    service: 'emr',
    kind: 'step',
    name: 'preprocess_ratings',
    at: [600, 466],
  },
  {
    id: 'tags',
    parent: 'steps',
    service: 'emr',
    kind: 'step',
    name: 'preprocess_tags',
    at: [1070, 107],
  },
  {
    id: 'start',
    parent: 'run',
    service: 'mwaa',
    kind: 'task',
    name: 'start_execution',
    at: [1190, 1090],
  },
  {
    id: 'execution',
    parent: 'start',
    service: 'stepfunctions',
    kind: 'execution',
    name: '',
    at: [1195, 1082],
  },
  {
    id: 'startglue',
    parent: 'execution',
    service: 'lambda',
    kind: 'state',
    name: 'StartGlueJob',
    at: [1196, 1.4],
  },
  {
    id: 'glue',
    parent: 'execution',
    service: 'glue',
    kind: 'job run',
    name: 'movielens-demo-transform',
    at: [1240, 738],
  },
  {
    id: 'check',
    parent: 'execution',
    service: 'lambda',
    kind: 'state',
    name: 'CheckGlueJob',
    at: [1979, 0.9],
  },
  {
    id: 'crawl1',
    parent: 'execution',
    service: 'glue',
    kind: 'crawl',
    name: 'movielens-demo-curated',
    at: [1985, 141],
  },
  {
    id: 'crawl2',
    parent: 'execution',
    service: 'glue',
    kind: 'crawl',
    name: 'movielens-demo-marts',
    at: [1985, 256],
  },
];

/** A run that went well, or until `ends` seconds after its start, when `state` came over it. */
export function makeRun(options: {
  start: number;
  state?: RunState;
  ends?: number;
  speed?: number;
  trigger?: string;
}): Run {
  const { start, state = 'succeeded', ends = Infinity, speed = 1 } = options;
  const id = `${iso(start).replace(/[-:]/g, '').slice(0, 15)}-7f3a`;
  const steps = plan.map(({ at, ...step }): Step => {
    const from = at[0] * speed;
    const to = from + at[1] * speed;
    const reached = from < ends;
    const done = to <= ends;
    const cut = reached ? state : toUnreached(state);
    const broken = reached && state !== 'running';
    const own = done ? 'succeeded' : cut;
    return {
      ...step,
      id: `${step.service}:${step.kind}:${step.id}`,
      parent: step.parent && toStepId(step.parent),
      name: toName(step.name, id),
      state: own,
      status: own.toUpperCase(),
      startedAt: reached ? iso(start + from * second) : undefined,
      endedAt:
        done || broken ? iso(start + Math.min(to, ends) * second) : undefined,
      attempt: step.service === 'mwaa' ? 1 : undefined,
      consoleUrl: `${console_}/${step.service}`,
    };
  });
  return {
    id,
    state,
    trigger: options.trigger ?? 'scheduled',
    queuedAt: iso(start - 2 * second),
    startedAt: iso(start),
    endedAt: state === 'running' ? undefined : steps[0].endedAt,
    steps,
    consoleUrl: 'https://airflow.example.com/dags/movielens-demo',
  };
}

function toStepId(id: string): string {
  const step = plan.find(s => s.id === id)!;
  return `${step.service}:${step.kind}:${step.id}`;
}

function toName(name: string, runId: string): string {
  if (name === '') return toRunKey(runId);
  return name.endsWith('-') ? name + toRunKey(runId) : name;
}

function toUnreached(state: RunState): RunState {
  return state === 'running' ? 'queued' : 'skipped';
}

function makeFailedRun(start: number): Run {
  const run = makeRun({ start, state: 'failed', ends: 1985 });
  const glue = run.steps.find(s => s.name === 'movielens-demo-transform')!;
  glue.state = 'failed';
  glue.status = 'FAILED';
  glue.error =
    'AccessDeniedException: Insufficient Lake Formation permission(s): Required Create Table on movielens_demo (Service: AWSGlue; Status Code: 400)';
  const check = run.steps.find(s => s.name === 'CheckGlueJob')!;
  check.state = 'failed';
  check.error = 'GlueJobFailed: see the job run';
  for (const crawl of run.steps.filter(s => s.kind === 'crawl')) {
    Object.assign(crawl, {
      state: 'skipped',
      startedAt: undefined,
      endedAt: undefined,
    });
  }
  return { ...run, firstFailure: glue.id };
}

function makeResources(now: number): Resource[] {
  const make = (
    service: Resource['service'],
    type: string,
    name: string,
    rest: Partial<Resource> = {},
  ): Resource => ({
    service,
    type: `AWS::${type}`,
    id: name,
    name,
    health: 'healthy',
    status: 'ACTIVE',
    facts: [],
    updatedAt: iso(now - 3 * day),
    consoleUrl: `${console_}/${service}`,
    ...rest,
  });
  return [
    make(
      'cloudformation',
      'CloudFormation::Stack',
      'movielens-demo-foundations',
      {
        status: 'UPDATE_COMPLETE',
        facts: [{ label: 'resources', text: '31' }],
      },
    ),
    make('mwaa', 'MWAA::Environment', 'local-airflow', {
      status: 'AVAILABLE',
      facts: [
        { label: 'Airflow', text: '3.3.1' },
        { label: 'class', text: 'mw1.small' },
      ],
    }),
    make('emr', 'EMR::Cluster', 'movielens-demo-20261122T020000-7f3a', {
      status: 'TERMINATED',
      reason: 'Steps completed',
    }),
    make(
      'stepfunctions',
      'StepFunctions::StateMachine',
      'movielens-demo-transform',
    ),
    make('lambda', 'Lambda::Function', 'movielens-demo-start-glue-job', {
      facts: [
        { label: 'runtime', text: 'python3.13' },
        { label: 'memory', text: '128 MB' },
      ],
    }),
    make('lambda', 'Lambda::Function', 'movielens-demo-check-glue-job', {
      facts: [{ label: 'runtime', text: 'python3.13' }],
    }),
    make('glue', 'Glue::Job', 'movielens-demo-transform', {
      facts: [
        { label: 'Glue', text: '5.0' },
        { label: 'workers', text: '2 × G.1X' },
      ],
    }),
    make('glue', 'Glue::Crawler', 'movielens-demo-curated', {
      status: 'READY',
    }),
    make('glue', 'Glue::Crawler', 'movielens-demo-marts', { status: 'READY' }),
    make('glue', 'Glue::Table', 'ratings', {
      facts: [{ label: 'rows', text: '32,000,204' }],
    }),
    make('glue', 'Glue::Table', 'most_popular_movies', {
      facts: [{ label: 'rows', text: '87,585' }],
    }),
    make('ssm', 'SSM::Parameter', '/data-lake/movielens/demo/database', {
      status: 'String',
    }),
  ];
}

function makeRuns(now: number, count: number): Run[] {
  return Array.from({ length: count }, (_, i) => {
    const start = now - 2 * 60 * minute - i * day;
    const speed = 1 + ((i * 7) % 5) / 60;
    if (i === 9) return makeRun({ start, state: 'cancelled', ends: 500 });
    if (i === 10) return { ...makeRun({ start, speed: 1.45 }), state: 'late' };
    if (i % 26 === 25) return makeFailedRun(start);
    const run = makeRun({ start, speed });
    if (i === 17) run.steps[5].attempt = 2;
    return run;
  });
}

function makeEnvironment(
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

const allowed = {
  run: { allowed: true },
  deploy: { allowed: true },
  delete: { allowed: true },
};

function denied(reason: string): EnvironmentStatus['actions'] {
  const no = { allowed: false, reason };
  return { run: no, deploy: no, delete: no };
}

const one = (environment: EnvironmentStatus): EnvironmentStatus[] => [
  environment,
];

/** Environments of each fixture, made for a time. */
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
    return one(
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
          run: { allowed: false, reason: 'A run is going on.' },
        },
      }),
    );
  },
  failed: (now: number) => {
    const runs = makeRuns(now, 40);
    runs[0] = makeFailedRun(now - 2 * 60 * minute);
    runs[1] = makeFailedRun(now - 2 * 60 * minute - day);
    return one(
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
    one(
      makeEnvironment(now, {
        health: 'unknown',
        reason: 'EMR did not answer',
        problems: [
          {
            service: 'emr',
            health: 'unknown',
            message:
              'Listing clusters in 111122223333, eu-central-1: ThrottlingException. It is tried again in a minute.',
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
    one(
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
    one(
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
    one(makeEnvironment(now, { observedAt: iso(now - 47 * minute) })),
  empty: (now: number) =>
    one(
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
    one(
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
    one(makeEnvironment(now, { runs: makeRuns(now, 200) })),
} satisfies Record<string, (now: number) => EnvironmentStatus[]>;

export type FixtureName = keyof typeof fixtures;

export const fixtureNames = Object.keys(fixtures) as FixtureName[];

export function makePipeline(name: FixtureName, now = Date.now()): Pipeline {
  return {
    entityRef: `component:default/${name}`,
    environments: fixtures[name](now),
  };
}

/** The entity that a fixture is of. */
export function makeEntity(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'data-lake/environment-demo':
          'arn:aws:cloudformation:eu-central-1:111122223333:stack/movielens-demo-foundations',
      },
    },
    spec: { type: 'data-pipeline', owner: 'team-discovery' },
  };
}

/** The pages' entities, each with two others that the catalog says depend on it. */
export const dependedOn = (names: readonly string[]) =>
  names.map(name => ({
    ...makeEntity(name),
    relations: ['recommendations-api', 'weekly-taste-report'].map(
      dependent => ({
        type: 'dependencyOf',
        targetRef: `component:default/${dependent}`,
      }),
    ),
  }));
