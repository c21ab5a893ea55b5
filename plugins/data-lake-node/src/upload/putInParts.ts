import { createHash } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { toContentType } from './contentType';
import { Destination } from './destination';
import { UploadFile } from './plan';

/** In bytes. A larger file goes in parts of this size, so that a lost connection loses one of them. */
export const partSize = 8 * 1024 * 1024;

/** Parts of one file side by side. */
const partsAtOnce = 4;

interface Parts {
  to: Destination;
  object: { Bucket: string; ExpectedBucketOwner: string; Key: string };
  UploadId: string;
  bytes: Buffer;
}

/**
 * Uploads a file in parts, and returns its ETag. `Upload` of `@aws-sdk/lib-storage` does not serve:
 * when cancelled it returns before its parts have ended, and so leaves them behind.
 */
export async function putInParts(
  to: Destination,
  { path, bytes }: UploadFile,
  Key: string,
): Promise<string> {
  const object = { ...to.owned, Key };
  const { UploadId } = await to.clients.s3.send(
    new CreateMultipartUploadCommand({
      ...object,
      ContentType: toContentType(path),
      ChecksumAlgorithm: 'SHA256',
    }),
    { abortSignal: to.signal },
  );
  const parts = { to, object, UploadId: UploadId!, bytes };
  try {
    return await complete(parts, await putParts(parts));
  } catch (error) {
    // without the signal: what is cancelled is cleaned up too; a life-cycle rule meets what is left
    await to.clients.s3
      .send(new AbortMultipartUploadCommand({ ...object, UploadId }))
      .catch(() => undefined);
    throw error;
  }
}

/** All have ended when it returns or throws: a part that arrives after an abort would stay. */
async function putParts(parts: Parts): Promise<CompletedPart[]> {
  const limit = pLimit(partsAtOnce);
  const count = Math.ceil(parts.bytes.length / partSize);
  const results = await Promise.allSettled(
    Array.from({ length: count }, (_, i) =>
      limit(async () => putPart(parts, i + 1)),
    ),
  );
  return results.map(result => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

async function putPart(
  { to, object, UploadId, bytes }: Parts,
  PartNumber: number,
): Promise<CompletedPart> {
  to.signal?.throwIfAborted();
  const start = (PartNumber - 1) * partSize;
  const Body = bytes.subarray(start, start + partSize);
  const ChecksumSHA256 = createHash('sha256').update(Body).digest('base64');
  const part = { ...object, UploadId, PartNumber, Body, ChecksumSHA256 };
  const { ETag } = await to.clients.s3.send(new UploadPartCommand(part), {
    abortSignal: to.signal,
  });
  return { PartNumber, ETag, ChecksumSHA256 };
}

async function complete(
  { to, object, UploadId }: Parts,
  Parts: CompletedPart[],
): Promise<string> {
  const { ETag } = await to.clients.s3.send(
    new CompleteMultipartUploadCommand({
      ...object,
      UploadId,
      MultipartUpload: { Parts },
    }),
    { abortSignal: to.signal },
  );
  return ETag!;
}
