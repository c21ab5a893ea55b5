import { StartedOperations } from '@data-lake/cloudformation';
import { uploadFiles, UploadOptions, UploadResult } from '@data-lake/s3-sync';
import { ProjectOptions } from './deploy/projectOptions';

/** What an upload needs of the work that it is part of. */
export type UploadWork = Pick<
  ProjectOptions,
  'clients' | 'log' | 'signal' | 'authorizeBucket'
> & { operations: StartedOperations };

/**
 * Uploads files, and notes what it has changed, so that an error of it or of a later step says so.
 * `project.yaml` names the buckets: directly before the upload, their tags tell whose they are.
 */
export async function uploadNoted(
  { clients, log, signal, authorizeBucket, operations }: UploadWork,
  what: Omit<UploadOptions, 'clients' | 'log' | 'signal' | 'onStart'>,
): Promise<UploadResult> {
  const url = `s3://${what.bucket}/${what.prefix}`;
  let hasStarted = false;
  const onStart = () => {
    hasStarted = true;
  };
  await authorizeBucket(what.bucket);
  try {
    const result = await uploadFiles({
      ...what,
      clients,
      log,
      signal,
      onStart,
    });
    if (hasStarted) operations.did(`Before that the upload to ${url} ended`);
    return result;
  } catch (error) {
    if (hasStarted) {
      operations.did(
        `The upload to ${url} had started and is not complete. Run this again: it continues`,
      );
    }
    throw error;
  }
}
