import type { LastUpdateStatus, State } from '@aws-sdk/client-lambda';
import { Health } from '@data-lake/plugin-data-lake-common';

/**
 * Complete on purpose: an SDK upgrade that adds a state stops the build here.
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
export const functionHealth = {
  Active: 'healthy',
  ActiveNonInvocable: 'failed',
  Deactivated: 'failed',
  Deactivating: 'running',
  Deleting: 'running',
  Failed: 'failed',
  // Idle for weeks: the next call wakes it.
  Inactive: 'healthy',
  Pending: 'running',
} satisfies Record<State, Health>;

/** The newest update of the code or the configuration. */
export const updateHealth = {
  Successful: 'healthy',
  InProgress: 'running',
  Failed: 'failed',
} satisfies Record<LastUpdateStatus, Health>;
