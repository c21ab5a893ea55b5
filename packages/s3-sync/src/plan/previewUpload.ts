import { withTimeout } from '@data-lake/aws';
import { toDestination, toS3Url } from '../bucket/destination';
import { logPlan } from './logPlan';
import { listUploads } from './planUpload';
import { readUploadPlan } from './readUploadPlan';
import { findUploadGates, PlannedDeletions } from './uploadGates';
import { UploadOptions } from './uploadOptions';

/** The plan of an upload, for a person. Paths are below the prefix. @public */
export interface UploadPreview extends PlannedDeletions {
  prefix: string;
  uploads: string[];
  deletes: string[];
  /** So many that the upload requires `maxDeleted`. */
  deletesMany: boolean;
  /** Number of files. */
  unchanged: number;
}

/**
 * Plans an upload, and logs the plan. `findUploadGates` tells whether it may be applied.
 *
 * @throws InputError for a file whose path cannot be a key; NotFoundError, NotAllowedError if the bucket
 * does not exist or belongs to another account; ServiceUnavailableError after `timeoutMinutes`
 * @public
 */
export async function previewUpload(
  options: UploadOptions,
): Promise<UploadPreview> {
  const limits = {
    ...options,
    what: `Comparing with ${toS3Url(options)}`,
    late: 'Nothing was changed',
  };
  return withTimeout(limits, async signal => {
    const to = toDestination({ ...options, signal });
    const { plan } = await readUploadPlan(to, options);
    logPlan(to, plan, options.log);
    return {
      prefix: to.prefix,
      uploads: listUploads(plan).map(({ path }) => path),
      deletes: plan.deletes,
      deletesMany: findUploadGates(plan).length > 0,
      unchanged: plan.unchanged.length,
      uploadedBefore: plan.uploadedBefore,
    };
  });
}
