import { compare } from './compare';
import { UploadFile } from '../files/content';
import { Destination, toDestination } from '../bucket/destination';
import { withTimeout } from '@data-lake/aws';
import { UploadPlan } from './plan';
import { UploadOptions } from '../apply/uploadFiles';

/** What an upload would do. @public */
export interface UploadPreview {
  prefix: string;
  /** Paths below the prefix. */
  uploads: string[];
  deletes: string[];
  /** So many that it looks like a mistake: they are deleted only where `maxDeleted` says so. */
  deletesMany: boolean;
  /** Number of files. */
  unchanged: number;
}

/**
 * Tells what {@link uploadFiles} would do, by what the manifest says and the bucket lists.
 *
 * @throws what {@link uploadFiles} throws before it changes anything
 * @public
 */
export async function previewUpload(
  options: UploadOptions,
): Promise<UploadPreview> {
  const { bucket, prefix } = options;
  const bounds = {
    ...options,
    what: `Comparing with s3://${bucket}/${prefix}`,
    late: 'Nothing was changed',
  };
  return withTimeout(bounds, signal => preview({ ...options, signal }));
}

async function preview(options: UploadOptions): Promise<UploadPreview> {
  const to = toDestination(options);
  const { plan } = await compare(to, options);
  logPlan(to, plan, options.log);
  return {
    prefix: to.prefix,
    uploads: changedOf(plan).map(({ path }) => path),
    deletes: plan.deleted,
    deletesMany: plan.deletesMany,
    unchanged: plan.unchanged.length,
  };
}

export const changedOf = (plan: UploadPlan): UploadFile[] => plan.waves.flat();

/** One line a file: `+ s3://bucket/a.py (12 bytes)`. */
export function logPlan(
  { bucket, prefix }: Destination,
  plan: UploadPlan,
  log: (line: string) => void,
): void {
  const place = `s3://${bucket}/${prefix}`;
  for (const { path, size } of changedOf(plan)) {
    log(`  + ${place}${path} (${size} bytes)`);
  }
  for (const path of plan.deleted) log(`  - ${place}${path}`);
  log(`${plan.unchanged.length} files in ${place} are unchanged`);
}
