import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import * as z from 'zod';
import { calling } from '@data-lake/aws';
import { Destination } from '../bucket/destination';

/** One object that an upload has written, or has begun to. @public */
export const ManifestEntry = z.object({
  path: z.string(),
  sha256: z.string(),
  /** As S3 gave it, or what is no ETag while there is no such object. */
  etag: z.string(),
  size: z.number(),
});

/** @public */
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/**
 * What was uploaded under a prefix: an object beside the files, and the lock of an upload. It is written
 * before the first object and after the last one, so that an interrupted upload leaves nothing that
 * the next one does not know as its own.
 *
 * @public
 */
export const Manifest = z.object({
  version: z.literal(2),
  /** Which upload wrote it: two never write the same. */
  writer: z.string(),
  files: z.array(ManifestEntry),
});

/** @public */
export type Manifest = z.infer<typeof Manifest>;

/** Entries by path. A map, since a file may be called `__proto__`. @public */
export type KnownFiles = ReadonlyMap<string, ManifestEntry>;

/** In place of an ETag: being written or deleted, or it was when the upload was interrupted. */
export const underWay = '';

/** In place of an ETag: nobody wants it any more, and an upload that was taken for dead may yet write it. */
export const abandoned = 'abandoned';

/** Airflow and Spark pass over names that begin with a dot. */
export const manifestName = '.data-lake-manifest.json';

export interface StoredManifest {
  known: KnownFiles;
  writer?: string;
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
    const { files, writer } = parse(
      await answer.Body!.transformToString(),
      key,
    );
    return {
      known: new Map(files.map(entry => [entry.path, entry])),
      writer,
      etag: answer.ETag,
    };
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    return { known: new Map() };
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
 * Replaces the manifest that was read, and returns the new one's ETag.
 *
 * @param options - `readEtag` is that of the manifest that was read, absent where there was none
 * @throws ConflictError where somebody else has written it since
 */
export async function writeManifest(
  to: Destination,
  options: { known: KnownFiles; writer: string; readEtag: string | undefined },
): Promise<string> {
  const { known, writer, readEtag } = options;
  const Key = to.prefix + manifestName;
  const manifest: Manifest = {
    version: 2,
    writer,
    files: [...known.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
  };
  return calling(
    { what: `writing s3://${to.bucket}/${Key}`, action: 's3:PutObject' },
    async () => {
      try {
        const { ETag } = await to.clients.s3.send(
          new PutObjectCommand({
            ...to.owned,
            Key,
            Body: JSON.stringify(manifest, null, 1),
            ContentType: 'application/json',
            ...(readEtag ? { IfMatch: readEtag } : { IfNoneMatch: '*' }),
          }),
          { abortSignal: to.signal },
        );
        return ETag!;
      } catch (error) {
        if (!isLost(error)) throw error;
        return findOwn(to, { writer, readEtag });
      }
    },
  );
}

/** A connection that broke after S3 had written makes the client try again, and lose against itself. */
async function findOwn(
  to: Destination,
  { writer, readEtag }: { writer: string; readEtag: string | undefined },
): Promise<string> {
  const stored = await readManifest(to);
  if (stored.writer === writer && stored.etag && stored.etag !== readEtag) {
    return stored.etag;
  }
  throw new ConflictError(
    `Somebody else uploaded to s3://${to.bucket}/${to.prefix} at the same time. Run this upload again`,
  );
}

/** A write whose condition S3 found not to hold. */
export function isLost(error: unknown): boolean {
  const { name, $metadata } = error as {
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  return (
    name === 'PreconditionFailed' ||
    name === 'ConditionalRequestConflict' ||
    $metadata?.httpStatusCode === 412 ||
    // what If-Match names was deleted
    (name === 'NoSuchKey' && $metadata?.httpStatusCode === 404)
  );
}
