import type {
  ApplicationState,
  JobRunState,
} from '@aws-sdk/client-emr-serverless';
import { Health, RunState } from '@data-lake/plugin-data-lake-common';

/**
 * Complete on purpose: an SDK upgrade that adds a state stops the build here.
 * https://docs.aws.amazon.com/emr-serverless/latest/APIReference/API_Application.html
 */
export const applicationHealth = {
  CREATING: 'running',
  // It starts by itself when a job run comes.
  CREATED: 'healthy',
  STARTING: 'running',
  STARTED: 'healthy',
  STOPPING: 'running',
  STOPPED: 'healthy',
  TERMINATED: 'gone',
} satisfies Record<ApplicationState, Health>;

export const jobRunState = {
  SUBMITTED: 'queued',
  PENDING: 'queued',
  SCHEDULED: 'queued',
  QUEUED: 'queued',
  RUNNING: 'running',
  SUCCESS: 'succeeded',
  FAILED: 'failed',
  CANCELLING: 'running',
  CANCELLED: 'cancelled',
} satisfies Record<JobRunState, RunState>;
