import {
  GetObjectCommand,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { z } from 'zod';
import { calling } from '../aws/errors';
import { Destination } from './destination';

/**
 * What was uploaded under a prefix: an object beside the files, and the lock of an upload.
 *
 * @public
 */
export const Manifest = z.object({
  version: z.literal(1),
  files: z.record(
    z.string(),
    z.object({ sha256: z.string(), etag: z.string(), size: z.number() }),
  ),
});

/** @public */
export type Manifest = z.infer<typeof Manifest>;

/** Airflow and Spark pass over names that begin with a dot. */
export const manifestName = '.data-lake-manifest.json';

export interface StoredManifest {
  manifest: Manifest;
  /** Absent where there was none. */
  etag?: string;
}

/** @throws InputError where another version wrote it */
export async function readManifest(to: Destination): Promise<StoredManifest> {
  const key = to.prefix + manifestName;
  try {
    const answer = await calling(
      { what: `reading s3://${to.bucket}/${key}`, action: 's3:GetObject' },
      () =>
        to.clients.s3.send(new GetObjectCommand({ ...to.owned, Key: key }), {
          abortSignal: to.signal,
        }),
    );
    const text = await answer.Body!.transformToString();
    return { manifest: parse(text, key), etag: answer.ETag };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { manifest: { version: 1, files: {} } };
  }
}

function parse(text: string, key: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(text));
  } catch {
    throw new InputError(
      `${key} is not a manifest of this version. Delete it to upload everything again`,
    );
  }
}

/**
 * Replaces the manifest that was read.
 *
 * @throws ConflictError where somebody else has written it since
 */
export async function writeManifest(
  to: Destination,
  manifest: Manifest,
  readEtag: string | undefined,
): Promise<void> {
  const key = to.prefix + manifestName;
  const text = JSON.stringify(manifest, null, 1);
  await calling(
    { what: `writing s3://${to.bucket}/${key}`, action: 's3:PutObject' },
    async () => {
      try {
        await to.clients.s3.send(
          new PutObjectCommand({
            ...to.owned,
            Key: key,
            Body: text,
            ContentType: 'application/json',
            ...(readEtag ? { IfMatch: readEtag } : { IfNoneMatch: '*' }),
          }),
          { abortSignal: to.signal },
        );
      } catch (error) {
        if (!isLost(error)) throw error;
        throw new ConflictError(
          `Somebody else uploaded to s3://${to.bucket}/${to.prefix} at the same time. Run this upload again`,
        );
      }
    },
  );
}

function isLost(error: unknown): boolean {
  const { name, $metadata } = error as S3ServiceException;
  return (
    name === 'PreconditionFailed' ||
    name === 'ConditionalRequestConflict' ||
    $metadata?.httpStatusCode === 412
  );
}
