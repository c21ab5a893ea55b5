import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { calling } from '@data-lake/aws';
import { toBase64, UploadFile } from '../files/content';
import { Destination } from '../bucket/destination';
import { isLost } from '../manifest/manifest';

/** What a key must hold for a write to have an effect; S3 checks it with the write. */
export type Condition = { IfMatch: string } | { IfNoneMatch: '*' };

/** What an upload has found, and whether the prefix is still its own. */
export interface Ground {
  /** ETags by path, as listed before anything was written. */
  etags: ReadonlyMap<string, string>;
  isOurs(): Promise<boolean>;
}

const toCondition = (etag: string | undefined): Condition =>
  etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };

/** So often somebody else's late write may come between. */
const mostTries = 4;

/**
 * Writes an object over the one that was listed, or where none was, and nothing else: what an upload that
 * was taken for dead sends late has no effect. Where another's write came between, it is written over as
 * long as the prefix is ours.
 *
 * @returns the ETag
 * @throws ConflictError where another upload has taken the prefix over
 */
export async function putOver(
  to: Destination,
  file: UploadFile,
  options: { ground: Ground; put: (condition: Condition) => Promise<string> },
): Promise<string> {
  const { ground, put } = options;
  let etag = ground.etags.get(file.path);
  for (let left = mostTries; ; left--) {
    try {
      return await put(toCondition(etag));
    } catch (error) {
      if (!isLost(error) || left === 0) throw error;
      const there = await findObject(to, file);
      // a connection that broke after S3 had written makes the client lose against itself
      if (there?.sha256 === toBase64(file.sha256)) return there.etag;
      if (!(await ground.isOurs())) throw takenOver(to, file);
      etag = there?.etag;
    }
  }
}

const takenOver = ({ bucket, prefix }: Destination, { path }: UploadFile) =>
  new ConflictError(
    `Somebody else uploads to s3://${bucket}/${prefix}, and has written ${path}. Run this upload again when that has ended`,
  );

/** Of an object in one part, with its digest as S3 tells it. */
export async function findObject(
  to: Destination,
  { path }: Pick<UploadFile, 'path'>,
): Promise<{ etag: string; sha256?: string } | undefined> {
  const Key = to.prefix + path;
  try {
    const { ETag, ChecksumSHA256 } = await calling(
      { what: `looking at s3://${to.bucket}/${Key}`, action: 's3:GetObject' },
      () =>
        to.clients.s3.send(
          new HeadObjectCommand({ ...to.owned, Key, ChecksumMode: 'ENABLED' }),
          { abortSignal: to.signal },
        ),
    );
    return { etag: ETag!, sha256: ChecksumSHA256 };
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
