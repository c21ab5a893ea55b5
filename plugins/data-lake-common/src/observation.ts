import { Problem } from './problem';
import { ObservedResource } from './resource';
import { Run } from './run/run';

/** One reading of an environment at one time. @public */
export interface EnvironmentObservation {
  resources: ObservedResource[];
  /** Newest first. */
  runs: Run[];
  problems: Problem[];
  schedule?: Schedule;
  /** The DAG that runs can be started of; absent while the stacks name none. */
  dag?: DagRef;
}

/** All that is known of an environment when its health is assessed. @public */
export interface EnvironmentSnapshot
  extends Omit<EnvironmentObservation, 'dag'> {
  /** Newest complete observation; absent before the first. */
  observedAt?: string;
}

/** A DAG in an MWAA environment. @public */
export interface DagRef {
  /** Name of the MWAA environment. */
  environment: string;
  dagId: string;
}

/** A DAG's schedule as Airflow has it. @public */
export interface Schedule {
  dagId: string;
  paused: boolean;
  /** In Airflow's words; absent if runs are started by hand only. */
  description?: string;
  /** ISO 8601: when the next run is due. */
  nextAt?: string;
}
