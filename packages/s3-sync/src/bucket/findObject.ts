import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { NotFoundError } from '@backstage/errors';
import { callingHead } from '@data-lake/aws';
import { Destination, toS3Url } from './destination';

/** Finds an object; `sha256`, in base64, is absent if it was uploaded in parts. */
export async function findObject(
  to: Destination,
  path: string,
): Promise<{ etag: string; sha256?: string } | undefined> {
  const Key = to.prefix + path;
  try {
    const { ETag, ChecksumSHA256 } = await callingHead({
      clients: to.clients,
      doing: {
        what: `looking at ${toS3Url(to, path)}`,
        action: 's3:GetObject',
      },
      call: () =>
        to.clients.s3.send(
          new HeadObjectCommand({ ...to.owned, Key, ChecksumMode: 'ENABLED' }),
          { abortSignal: to.signal },
        ),
      signal: to.signal,
    });
    return { etag: ETag!, sha256: ChecksumSHA256 };
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
