import { withTimeout } from '@data-lake/aws';
import { toDestination, toS3Url } from '../bucket/destination';
import { logPlan } from '../plan/logPlan';
import { listUploads } from '../plan/planUpload';
import { readUploadPlan } from '../plan/readUploadPlan';
import { assertUploadAllowed } from '../plan/uploadGates';
import { UploadOptions } from '../plan/uploadOptions';
import { applyUpload, needsApply } from './applyUpload';

/** Numbers of files. @public */
export interface UploadResult {
  prefix: string;
  uploaded: number;
  unchanged: number;
  deleted: number;
  /** Of the uploaded files. */
  bytes: number;
}

/**
 * Makes a prefix of a bucket hold the files: records in the manifest what it will write, uploads the
 * changed files, deletes, then records what is there. An upload that is interrupted at any point and run
 * again ends in the same state.
 *
 * Of two concurrent uploads, the one that holds the lock, which is the manifest, continues. The other
 * stops: before it writes anything if both started together; before it overwrites a file of the later
 * one, or deletes any, if it was running and the later one took it for interrupted.
 *
 * @throws NotFoundError, NotAllowedError if the bucket does not exist or belongs to another account;
 * NotAllowedError for too many deletions; ConflictError if another upload to the prefix runs;
 * ServiceUnavailableError after `timeoutMinutes`
 * @public
 */
export async function uploadFiles(
  options: UploadOptions,
): Promise<UploadResult> {
  const limits = {
    ...options,
    what: `The upload to ${toS3Url(options)}`,
    late: 'Run it again: it continues with the missing files',
  };
  return withTimeout(limits, signal => planAndApply({ ...options, signal }));
}

async function planAndApply(options: UploadOptions): Promise<UploadResult> {
  const to = toDestination(options);
  const { state, plan } = await readUploadPlan(to, options);
  logPlan(to, plan, options.log);
  assertUploadAllowed(plan, options);
  if (needsApply(plan, state)) {
    await applyUpload(to, { plan, state, onStart: options.onStart });
  }
  const uploads = listUploads(plan);
  return {
    prefix: to.prefix,
    uploaded: uploads.length,
    unchanged: plan.unchanged.length,
    deleted: plan.deletes.length,
    bytes: uploads.reduce((sum, { size }) => sum + size, 0),
  };
}
