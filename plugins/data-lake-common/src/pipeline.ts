import * as z from 'zod';
import { ServiceId } from './services';
import { Health, RunState } from './state';

/** ISO 8601 date and time with zone. */
const Timestamp = z.string();

/**
 * One thing the stacks made (or a table that a crawler made), as its service describes it now.
 *
 * @public
 */
export const Resource = z.object({
  service: ServiceId,
  /** CloudFormation type (`AWS::Glue::Job`), or the nearest word where the stack does not own it (`AWS::Glue::Table`). */
  type: z.string(),
  /** The physical id: name or ARN. Unique within its type. */
  id: z.string(),
  name: z.string(),
  health: Health,
  /** The service's own word for its state, such as `CREATE_COMPLETE` or `READY`. */
  status: z.string(),
  /** Why it is so, where the service says why. */
  reason: z.string().optional(),
  /** Facts worth a line, in reading order: label and text. */
  facts: z.array(z.object({ label: z.string(), text: z.string() })),
  updatedAt: Timestamp.optional(),
  consoleUrl: z.string().optional(),
});

/** @public */
export type Resource = z.infer<typeof Resource>;

/**
 * One step of a run: an Airflow task, an EMR step, an execution, a state, a Glue job run, a crawl.
 * `parent` makes the steps of all services one tree.
 *
 * @public
 */
export const Step = z.object({
  /** Unique within its run: `<service>:<kind>:<id of the service>`. */
  id: z.string(),
  parent: z.string().optional(),
  service: ServiceId,
  /** What the field calls it: `task`, `cluster`, `step`, `execution`, `state`, `job run`, `crawl`, `job`. */
  kind: z.string(),
  name: z.string(),
  state: RunState,
  /** The service's own word. */
  status: z.string(),
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
  attempt: z.number().int().optional(),
  error: z.string().optional(),
  consoleUrl: z.string().optional(),
});

/** @public */
export type Step = z.infer<typeof Step>;

/**
 * One run of the pipeline across all services, joined by its run id.
 *
 * @public
 */
export const Run = z.object({
  /** Airflow's `dag_run_id`, or the execution's name where no DAG run is known. */
  id: z.string(),
  state: RunState,
  /** `manual`, `scheduled`, `backfill`, … as Airflow says; `execution` where no DAG run is known. */
  trigger: z.string(),
  queuedAt: Timestamp.optional(),
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
  /** In order of start; the first is the root. */
  steps: z.array(Step),
  /** The id of the step that failed first, which is the cause. */
  firstFailure: z.string().optional(),
  consoleUrl: z.string().optional(),
});

/** @public */
export type Run = z.infer<typeof Run>;

/**
 * Something that could not be read: data beside the rest, never a failed page.
 *
 * @public
 */
export const Problem = z.object({
  service: ServiceId,
  health: z.enum({
    denied: 'denied',
    gone: 'gone',
    unknown: 'unknown',
    failed: 'failed',
  }),
  /** What was being done, what went wrong, and what to do next, in one line. */
  message: z.string(),
});

/** @public */
export type Problem = z.infer<typeof Problem>;

/** One line of the verdict. @public */
export const Rule = z.object({
  name: z.enum({
    run: 'run',
    freshness: 'freshness',
    stacks: 'stacks',
    resources: 'resources',
  }),
  health: Health,
  text: z.string(),
});

/** @public */
export type Rule = z.infer<typeof Rule>;

/** Whether the caller may do something now, and why not where not. @public */
export const Action = z.object({
  allowed: z.boolean(),
  reason: z.string().optional(),
});

/** @public */
export type Action = z.infer<typeof Action>;

/**
 * One environment of a pipeline as last observed.
 *
 * @public
 */
export const EnvironmentStatus = z.object({
  name: z.string(),
  account: z.string(),
  accountName: z.string().optional(),
  region: z.string(),
  /** Newest complete observation; absent before the first. */
  observedAt: Timestamp.optional(),
  /** Whether an observation is under way. */
  observing: z.boolean(),
  health: Health,
  /** Why the health is so, in words that follow the word of the health: `last run 12 m ago`. */
  reason: z.string(),
  rules: z.array(Rule),
  resources: z.array(Resource),
  /** Newest first, 40 at most. */
  runs: z.array(Run),
  problems: z.array(Problem),
  /** What the caller may do here now. */
  actions: z.object({ run: Action, deploy: Action, delete: Action }),
});

/** @public */
export type EnvironmentStatus = z.infer<typeof EnvironmentStatus>;

/**
 * What the Pipeline tab shows of an entity.
 *
 * @public
 */
export const Pipeline = z.object({
  entityRef: z.string(),
  environments: z.array(EnvironmentStatus),
});

/** @public */
export type Pipeline = z.infer<typeof Pipeline>;

/** Body of `POST …/runs`. @public */
export const RunRequest = z.object({
  conf: z.record(z.string(), z.unknown()).default({}),
  /** Chosen by the client, so that a second try starts nothing twice. `<yyyymmdd>T<hhmmss>-<4 hex>` */
  runId: z.string().regex(/^\d{8}T\d{6}-[0-9a-f]{4}$/),
});

/** @public */
export type RunRequest = z.infer<typeof RunRequest>;

/** An account that a person's groups may deploy to. @public */
export const Account = z.object({
  id: z.string(),
  name: z.string(),
  regions: z.array(z.string()),
});

/** @public */
export type Account = z.infer<typeof Account>;

/** An MWAA environment as the form offers it. @public */
export const MwaaEnvironment = z.object({
  name: z.string(),
  status: z.string(),
  airflowVersion: z.string(),
});

/** @public */
export type MwaaEnvironment = z.infer<typeof MwaaEnvironment>;
