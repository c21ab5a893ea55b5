import type { EnvironmentStatus } from '@aws-sdk/client-mwaa';
import { Health, RunState } from '@data-lake/plugin-data-lake-common';

/**
 * Complete on purpose: an SDK upgrade that adds a status stops the build here.
 * https://docs.aws.amazon.com/mwaa/latest/API/API_Environment.html
 */
export const environmentHealth = {
  AVAILABLE: 'healthy',
  CREATING: 'running',
  CREATING_SNAPSHOT: 'running',
  CREATE_FAILED: 'failed',
  DELETED: 'gone',
  DELETING: 'running',
  MAINTENANCE: 'running',
  PENDING: 'running',
  ROLLING_BACK: 'running',
  UNAVAILABLE: 'failed',
  UPDATE_FAILED: 'failed',
  UPDATING: 'running',
} satisfies Record<EnvironmentStatus, Health>;

/** Whether Airflow answers in this status; an update goes on beside the running web server. */
export const hasWebServer = {
  AVAILABLE: true,
  CREATING: false,
  CREATING_SNAPSHOT: true,
  CREATE_FAILED: false,
  DELETED: false,
  DELETING: false,
  MAINTENANCE: true,
  PENDING: false,
  ROLLING_BACK: true,
  UNAVAILABLE: false,
  UPDATE_FAILED: true,
  UPDATING: true,
} satisfies Record<EnvironmentStatus, boolean>;

/** https://airflow.apache.org/docs/apache-airflow/stable/_api/airflow/utils/state/index.html */
export type DagRunState = 'queued' | 'running' | 'success' | 'failed';

/** @see `DagRunState` */
export const dagRunState = {
  queued: 'queued',
  running: 'running',
  success: 'succeeded',
  failed: 'failed',
} satisfies Record<DagRunState, RunState>;

/** Of Airflow 2 and 3; a task that has no state yet is `none` here. */
export type TaskState =
  | 'none'
  | 'removed'
  | 'scheduled'
  | 'queued'
  | 'running'
  | 'success'
  | 'restarting'
  | 'failed'
  | 'shutdown'
  | 'up_for_retry'
  | 'up_for_reschedule'
  | 'upstream_failed'
  | 'skipped'
  | 'deferred';

/** @see `TaskState` */
export const taskState = {
  none: 'queued',
  removed: 'skipped',
  scheduled: 'queued',
  queued: 'queued',
  running: 'running',
  success: 'succeeded',
  restarting: 'running',
  failed: 'failed',
  shutdown: 'cancelled',
  up_for_retry: 'running',
  up_for_reschedule: 'running',
  // Not reached: a task upstream failed.
  upstream_failed: 'skipped',
  skipped: 'skipped',
  // Waits in the triggerer for work elsewhere.
  deferred: 'running',
} satisfies Record<TaskState, RunState>;
