import type { ClusterState, StepState } from '@aws-sdk/client-emr';
import { Health, RunState } from '@data-lake/plugin-data-lake-common';

/**
 * Complete on purpose: an SDK upgrade that adds a state stops the build here.
 * https://docs.aws.amazon.com/emr/latest/APIReference/API_ClusterStatus.html
 */
export const clusterState = {
  STARTING: 'running',
  BOOTSTRAPPING: 'running',
  RUNNING: 'running',
  WAITING: 'running',
  TERMINATING: 'running',
  TERMINATED: 'succeeded',
  TERMINATED_WITH_ERRORS: 'failed',
} satisfies Record<ClusterState, RunState>;

/** A cluster that the stack itself makes: it is there to wait. */
export const clusterHealth = {
  STARTING: 'running',
  BOOTSTRAPPING: 'running',
  RUNNING: 'healthy',
  WAITING: 'healthy',
  TERMINATING: 'running',
  TERMINATED: 'gone',
  TERMINATED_WITH_ERRORS: 'failed',
} satisfies Record<ClusterState, Health>;

export const stepState = {
  PENDING: 'queued',
  CANCEL_PENDING: 'running',
  RUNNING: 'running',
  COMPLETED: 'succeeded',
  CANCELLED: 'cancelled',
  FAILED: 'failed',
  INTERRUPTED: 'cancelled',
} satisfies Record<StepState, RunState>;
