import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import { ServiceUnavailableError } from '@backstage/errors';
import pLimit from 'p-limit';
import { AwsClients } from '../aws/clients';
import { calling } from '../aws/errors';
import {
  assertOwnBucket,
  Destination,
  listEtags,
  toDestination,
} from './destination';
import { Manifest, readManifest, writeManifest } from './manifest';
import { planUpload, UploadFile, UploadPlan } from './plan';
import { putFile } from './putFile';

/** @public */
export interface UploadOptions {
  clients: AwsClients;
  bucket: string;
  /** Empty, or ends in a slash. */
  prefix: string;
  files: readonly UploadFile[];
  /** Glob patterns; see {@link planUpload}. */
  order?: readonly string[];
  /** Also delete what was uploaded before and is not among the files any more. */
  delete?: boolean;
  /** Only plan. */
  dryRun?: boolean;
  log: (line: string) => void;
  signal?: AbortSignal;
}

/** @public */
export interface Uploaded {
  prefix: string;
  /** Numbers of files. */
  uploaded: number;
  unchanged: number;
  deleted: number;
  /** Uploaded. */
  bytes: number;
}

/**
 * Makes a prefix of a bucket hold the files: uploads what has changed, then deletes, then writes the
 * manifest. Run again after an interruption, it ends in the same state.
 *
 * @throws NotFoundError, NotAllowedError where the bucket is missing or another account's;
 * ConflictError where somebody else uploaded there at the same time
 * @public
 */
export async function uploadFiles(options: UploadOptions): Promise<Uploaded> {
  const { files, log } = options;
  await assertOwnBucket(options);
  const to = toDestination(options);
  const [stored, etags] = await Promise.all([readManifest(to), listEtags(to)]);
  const plan = planUpload({ ...options, manifest: stored.manifest, etags });
  logPlan(to, plan, log);
  const summary = summarise(to, plan);
  if (options.dryRun) return summary;

  const uploaded = await applyUploads(to, plan);
  await applyDeletions(to, plan);
  const manifest = toManifest({
    files,
    uploaded,
    plan,
    former: stored.manifest,
  });
  if (JSON.stringify(manifest) !== JSON.stringify(stored.manifest)) {
    await writeManifest(to, manifest, stored.etag);
  }
  return summary;
}

function summarise(to: Destination, plan: UploadPlan): Uploaded {
  const changed = plan.waves.flat();
  return {
    prefix: to.prefix,
    uploaded: changed.length,
    unchanged: plan.unchanged.length,
    deleted: plan.deleted.length,
    bytes: changed.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

function logPlan(
  to: Destination,
  plan: UploadPlan,
  log: (line: string) => void,
): void {
  const place = `s3://${to.bucket}/${to.prefix}`;
  for (const { path, bytes } of plan.waves.flat()) {
    log(`  + ${place}${path} (${bytes.length} bytes)`);
  }
  for (const path of plan.deleted) log(`  - ${place}${path}`);
  log(`${plan.unchanged.length} files in ${place} are unchanged`);
}

type Etags = Map<string, string>;

/** Side by side, but not so many that S3 or the event loop would notice. */
const concurrency = 8;

async function applyUploads(to: Destination, plan: UploadPlan): Promise<Etags> {
  const limit = pLimit(concurrency);
  const etags: Etags = new Map();
  for (const wave of plan.waves) {
    await Promise.all(
      wave.map(file =>
        limit(async () => {
          etags.set(file.path, await putFile(to, file));
        }),
      ),
    );
  }
  return etags;
}

async function applyDeletions(
  to: Destination,
  { deleted }: UploadPlan,
): Promise<void> {
  // DeleteObjects takes 1,000 keys
  for (let start = 0; start < deleted.length; start += 1_000) {
    const batch = deleted.slice(start, start + 1_000);
    const { Errors } = await calling(
      {
        what: `deleting from s3://${to.bucket}/${to.prefix}`,
        action: 's3:DeleteObject',
      },
      () =>
        to.clients.s3.send(
          new DeleteObjectsCommand({
            ...to.owned,
            Delete: {
              Quiet: true,
              Objects: batch.map(path => ({ Key: to.prefix + path })),
            },
          }),
          { abortSignal: to.signal },
        ),
    );
    const failed = Errors?.[0];
    if (failed) {
      throw new ServiceUnavailableError(
        `S3 did not delete ${failed.Key} (${failed.Code}: ${failed.Message}). Run this upload again`,
      );
    }
  }
}

function toManifest(options: {
  files: readonly UploadFile[];
  uploaded: Etags;
  plan: UploadPlan;
  former: Manifest;
}): Manifest {
  const { files, uploaded, plan, former } = options;
  const kept = Object.entries(former.files).filter(
    ([path]) => !plan.deleted.includes(path),
  );
  const now = files.map(({ path, sha256, bytes }) => [
    path,
    {
      sha256,
      etag: uploaded.get(path) ?? former.files[path].etag,
      size: bytes.length,
    },
  ]);
  const all = [...kept, ...now] as [string, Manifest['files'][string]][];
  return { version: 1, files: Object.fromEntries(all) };
}
