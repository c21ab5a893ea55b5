import type { ExecutionStatus, StateMachineStatus } from '@aws-sdk/client-sfn';
import { Health, RunState } from '@data-lake/plugin-data-lake-common';

/** Complete on purpose: an SDK upgrade that adds a status stops the build here. */
export const executionState = {
  PENDING_REDRIVE: 'queued',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'failed',
  ABORTED: 'cancelled',
} satisfies Record<ExecutionStatus, RunState>;

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export const stateMachineHealth = {
  ACTIVE: 'healthy',
  DELETING: 'running',
} satisfies Record<StateMachineStatus, Health>;
