import type {
  ResourceStatus,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import { Health } from '@data-lake/plugin-data-lake-common';

/**
 * Complete on purpose: an SDK upgrade that adds a status stops the build here.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html
 */
export const stackHealth = {
  CREATE_COMPLETE: 'healthy',
  CREATE_FAILED: 'failed',
  CREATE_IN_PROGRESS: 'running',
  DELETE_COMPLETE: 'gone',
  DELETE_FAILED: 'failed',
  DELETE_IN_PROGRESS: 'running',
  IMPORT_COMPLETE: 'healthy',
  IMPORT_IN_PROGRESS: 'running',
  IMPORT_ROLLBACK_COMPLETE: 'healthy',
  IMPORT_ROLLBACK_FAILED: 'failed',
  IMPORT_ROLLBACK_IN_PROGRESS: 'running',
  // Its first change set was never executed: the stack is empty.
  REVIEW_IN_PROGRESS: 'gone',
  // A failed create: it can only be deleted.
  ROLLBACK_COMPLETE: 'failed',
  ROLLBACK_FAILED: 'failed',
  ROLLBACK_IN_PROGRESS: 'running',
  UPDATE_COMPLETE: 'healthy',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'running',
  UPDATE_FAILED: 'failed',
  UPDATE_IN_PROGRESS: 'running',
  // The newest update failed; the former state works, and still needs attention.
  UPDATE_ROLLBACK_COMPLETE: 'failed',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'running',
  UPDATE_ROLLBACK_FAILED: 'failed',
  UPDATE_ROLLBACK_IN_PROGRESS: 'running',
} satisfies Record<StackStatus, Health>;

/** The health of a resource by its stack, which knows that it was created, not that it works. */
export const resourceHealth = {
  CREATE_COMPLETE: 'healthy',
  CREATE_FAILED: 'failed',
  CREATE_IN_PROGRESS: 'running',
  DELETE_COMPLETE: 'gone',
  DELETE_FAILED: 'failed',
  DELETE_IN_PROGRESS: 'running',
  // Kept on purpose when the stack dropped it.
  DELETE_SKIPPED: 'gone',
  EXPORT_COMPLETE: 'gone',
  EXPORT_FAILED: 'failed',
  EXPORT_IN_PROGRESS: 'running',
  EXPORT_ROLLBACK_COMPLETE: 'healthy',
  EXPORT_ROLLBACK_FAILED: 'failed',
  EXPORT_ROLLBACK_IN_PROGRESS: 'running',
  IMPORT_COMPLETE: 'healthy',
  IMPORT_FAILED: 'failed',
  IMPORT_IN_PROGRESS: 'running',
  IMPORT_ROLLBACK_COMPLETE: 'healthy',
  IMPORT_ROLLBACK_FAILED: 'failed',
  IMPORT_ROLLBACK_IN_PROGRESS: 'running',
  ROLLBACK_COMPLETE: 'healthy',
  ROLLBACK_FAILED: 'failed',
  ROLLBACK_IN_PROGRESS: 'running',
  UPDATE_COMPLETE: 'healthy',
  UPDATE_FAILED: 'failed',
  UPDATE_IN_PROGRESS: 'running',
  UPDATE_ROLLBACK_COMPLETE: 'healthy',
  UPDATE_ROLLBACK_FAILED: 'failed',
  UPDATE_ROLLBACK_IN_PROGRESS: 'running',
} satisfies Record<ResourceStatus, Health>;
