import { DeleteObjectsCommand, _Error as S3Error } from '@aws-sdk/client-s3';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { calling, startHeartbeat, runConcurrently } from '@data-lake/aws';
import { UploadFile } from '../files/content';
import { Destination } from '../bucket/destination';
import { toLanes } from './requestLimits';
import { UploadPlan } from '../plan/plan';
import { toPutFile } from './putFile';
import { findObject, Ground } from './putIfUnchanged';

/** Uploads wave after wave, and returns the ETags by path. */
export async function applyUploads(
  to: Destination,
  { plan, ground }: { plan: UploadPlan; ground: Ground },
): Promise<ReadonlyMap<string, string>> {
  const lanes = toLanes();
  const etags = new Map<string, string>();
  const files = plan.waves.flat();
  const stop = startHeartbeat(() => {
    const done = files.filter(({ path }) => etags.has(path));
    to.log?.(
      `Uploading: ${done.length} of ${files.length} files, ${mib(
        done,
      )} of ${mib(files)} MiB`,
    );
  });
  try {
    await applyWaves();
  } finally {
    stop();
  }
  return etags;

  async function applyWaves() {
    for (const wave of plan.waves) {
      await runConcurrently(signal => {
        const put = toPutFile({ ...to, signal }, { lanes, ground });
        return wave.map(file => async () => {
          etags.set(file.path, await put(file));
        });
      }, to.signal);
    }
  }
}

const mib = (files: readonly UploadFile[]) =>
  Math.round(files.reduce((sum, { size }) => sum + size, 0) / 1024 / 1024);

/** DeleteObjects takes so many keys. */
const keysPerCall = 1_000;

/**
 * Deletes what is still as it was listed.
 *
 * @throws ConflictError where somebody else has written one of them since
 */
export async function applyDeletions(
  to: Destination,
  { plan, etags }: { plan: UploadPlan; etags: ReadonlyMap<string, string> },
): Promise<void> {
  const { deleted } = plan;
  for (let start = 0; start < deleted.length; start += keysPerCall) {
    const batch = deleted.slice(start, start + keysPerCall);
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
              Objects: batch.map(path => ({
                Key: to.prefix + path,
                ETag: etags.get(path),
              })),
            },
          }),
          { abortSignal: to.signal },
        ),
    );
    for (const error of Errors ?? []) await assertGone(to, error);
  }
}

/** Where the answer to a first try was lost, it is gone, perhaps behind a delete marker. */
async function assertGone(
  to: Destination,
  { Key = '', Code = '', Message }: S3Error,
): Promise<void> {
  if (Code === 'NoSuchKey') return;
  if (Code === 'AccessDenied') {
    throw new NotAllowedError(
      `AWS denied deleting s3://${to.bucket}/${Key}: the credentials need s3:DeleteObject and s3:GetObject there. AWS says: ${Message}`,
    );
  }
  if (!/^(PreconditionFailed|ConditionalRequestConflict)$/.test(Code)) {
    throw new ServiceUnavailableError(
      `S3 did not delete ${Key} (${Code}: ${Message}). Run this upload again`,
    );
  }
  if (!(await findObject(to, { path: Key.slice(to.prefix.length) }))) return;
  throw new ConflictError(
    `Somebody else has written s3://${to.bucket}/${Key}, and so it was not deleted. Run this upload again`,
  );
}
