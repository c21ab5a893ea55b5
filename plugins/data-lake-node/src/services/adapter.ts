import {
  EnvironmentRef,
  Problem,
  Resource,
  RunState,
  ServiceId,
  Step,
} from '@data-lake/plugin-data-lake-common';
import type { AwsClients } from '@data-lake/aws';

/**
 * What every service offers: AWS shapes end here. An adapter reads, bounded and paged, what the
 * stacks say exists, and never throws for what one call could not read: that is a Problem.
 *
 * @public
 */
export interface ServiceAdapter {
  id: ServiceId;
  /** The CloudFormation types it describes; a type has one adapter at most. */
  resourceTypes: string[];
  /** @throws only the reason of `context.signal` once that is aborted */
  observe(context: ObserveContext): Promise<Observation>;
}

/** @public */
export interface ObserveContext {
  clients: AwsClients;
  environment: EnvironmentRef;
  /** The stacks must carry it in their tag `data-lake:entity`. */
  entityRef: string;
  /** The environment's own stacks: the only index of what exists. */
  stacks: Stack[];
  /** Runs older than this are not read again. */
  since: Date;
  signal: AbortSignal;
}

/** @public */
export interface Observation {
  resources: Resource[];
  traces: Trace[];
  problems: Problem[];
  /** What Airflow promises; from MWAA only. */
  schedule?: Schedule;
}

/**
 * One service's part of a run, before it is joined with the others'.
 *
 * @public
 */
export interface Trace {
  /** The run key; absent where only the time tells, as with crawls. */
  key?: string;
  /** Set where this part is a run by itself: a DAG run, or an execution. */
  run?: TracedRun;
  /** Parents before their children; the first has no parent here. */
  steps: Step[];
}

/** @public */
export interface TracedRun {
  id: string;
  state: RunState;
  trigger: string;
  queuedAt?: string;
  consoleUrl?: string;
}

/** @public */
export interface Schedule {
  dagId: string;
  paused: boolean;
  /** In Airflow's words; absent where runs are started by hand. */
  description?: string;
  /** ISO 8601: when the next run is to be started. */
  nextAt?: string;
}

/** @public */
export interface Stack {
  name: string;
  status: string;
  tags: Record<string, string>;
  outputs: Record<string, string>;
  resources: StackResource[];
}

/** @public */
export interface StackResource {
  logicalId: string;
  type: string;
  /** The physical id; absent while it is being made. */
  id: string;
  status: string;
  reason?: string;
  updatedAt?: string;
}
