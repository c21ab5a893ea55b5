import * as z from 'zod';
import { ServiceId } from '../services';
import { RunState } from '../state';
import { Timestamp } from '../timestamp';

/** The kinds of steps, in the words of the services. @public */
export const StepKind = z.enum({
  'DAG run': 'DAG run',
  task: 'task',
  cluster: 'cluster',
  /** Of an EMR cluster. */
  step: 'step',
  /** A job run of EMR Serverless. */
  job: 'job',
  execution: 'execution',
  state: 'state',
  /** Of a Glue job. */
  'job run': 'job run',
  crawl: 'crawl',
  unknown: 'unknown',
});

/** @public */
export type StepKind = z.infer<typeof StepKind>;

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
  service: ServiceId.catch('unknown'),
  kind: StepKind.catch('unknown'),
  name: z.string(),
  state: RunState.catch('unknown'),
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
  /** Airflow's `dag_run_id`, or the execution's name if no DAG run is known. */
  id: z.string(),
  state: RunState.catch('unknown'),
  /** Why the run started: `manual`, `scheduled`, `backfill`, … as Airflow says; `execution` if no DAG run is known. */
  trigger: z.string(),
  queuedAt: Timestamp.optional(),
  startedAt: Timestamp.optional(),
  endedAt: Timestamp.optional(),
  /** In order of start; the first is the root. */
  steps: z.array(Step),
  /** Id of the step that `findFirstFailure` finds. */
  firstFailure: z.string().optional(),
  consoleUrl: z.string().optional(),
});

/** @public */
export type Run = z.infer<typeof Run>;

/** The trigger of a run that only its execution tells of. @public */
export const executionTrigger = 'execution';
