import { DeleteObjectsCommand, _Error as S3Error } from '@aws-sdk/client-s3';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { calling } from '@data-lake/aws';
import { Destination, toS3Url } from '../bucket/destination';
import { findObject } from '../bucket/findObject';
import { UploadPlan } from '../plan/planUpload';

/** Limit of DeleteObjects. */
const keysPerCall = 1_000;

/**
 * Deletes the objects of a plan that are still as listed.
 *
 * @throws ConflictError if one of them was overwritten since
 */
export async function deleteFiles(
  to: Destination,
  { plan, etags }: { plan: UploadPlan; etags: ReadonlyMap<string, string> },
): Promise<void> {
  for (let start = 0; start < plan.deletes.length; start += keysPerCall) {
    const batch = plan.deletes.slice(start, start + keysPerCall);
    const { Errors } = await calling(
      { what: `deleting from ${toS3Url(to)}`, action: 's3:DeleteObject' },
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
    for (const error of Errors ?? []) await assertDeleted(to, error);
  }
}

/** If the answer to a first try was lost, the object is gone, or behind a delete marker. */
async function assertDeleted(
  to: Destination,
  { Key = '', Code = '', Message }: S3Error,
): Promise<void> {
  if (Code === 'NoSuchKey') return;
  const path = Key.slice(to.prefix.length);
  const url = toS3Url(to, path);
  if (Code === 'AccessDenied') {
    throw new NotAllowedError(
      `AWS denied deleting ${url}: the credentials need s3:DeleteObject and s3:GetObject there. AWS says: ${Message}`,
    );
  }
  if (!/^(PreconditionFailed|ConditionalRequestConflict)$/.test(Code)) {
    throw new ServiceUnavailableError(
      `S3 did not delete ${Key} (${Code}: ${Message}). Run this upload again`,
    );
  }
  if (!(await findObject(to, path))) return;
  throw new ConflictError(
    `${url} was overwritten meanwhile, and was not deleted. Run this upload again`,
  );
}
