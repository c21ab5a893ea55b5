import {
  AbortMultipartUploadCommand,
  CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Limit } from 'p-limit';
import { abortParts } from './abortParts';
import { PartReader, sha256, toBase64, UploadFile } from '../files/content';
import { toContentType } from '../files/contentType';
import { Destination } from '../bucket/destination';
import { putTimeout } from './requestLimits';
import { Condition } from './putIfUnchanged';
import { runConcurrently } from '@data-lake/aws';

interface Parts {
  to: Destination;
  file: UploadFile;
  Key: string;
  /** Of the object that the parts become. */
  condition: Condition;
  /** Shared with the parts of other files. */
  lane: Limit;
}

/**
 * Uploads a file in parts, and returns its ETag. `Upload` of `@aws-sdk/lib-storage` does not serve:
 * when cancelled it returns before its parts have ended, and so leaves them behind.
 */
export async function putInParts(parts: Parts): Promise<string> {
  const { to, file, Key, condition } = parts;
  const object = { ...to.owned, Key };
  const { UploadId, $metadata } = await to.clients.s3.send(
    new CreateMultipartUploadCommand({
      ...object,
      ContentType: toContentType(file.path),
      ChecksumAlgorithm: 'SHA256',
    }),
    { abortSignal: to.signal },
  );
  const upload = { ...object, UploadId: UploadId! };
  try {
    const completed = await putParts(parts, upload);
    const { ETag } = await to.clients.s3.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        ...condition,
        MultipartUpload: { Parts: completed },
      }),
      { abortSignal: to.signal },
    );
    // S3 may have begun one upload more, whose id was lost on its way
    if (($metadata?.attempts ?? 1) > 1) {
      await abortParts(to, path => path === file.path);
    }
    return ETag!;
  } catch (error) {
    // without the signal: what is cancelled is cleaned up too; the next upload meets what is left
    await to.clients.s3
      .send(new AbortMultipartUploadCommand(upload))
      .catch(() => undefined);
    throw error;
  }
}

/**
 * All have ended when it returns or throws: a part that arrives after an abort would stay.
 *
 * @throws ConflictError where they are not what was hashed
 */
async function putParts(
  { to, file, lane }: Parts,
  upload: { Bucket: string; Key: string; UploadId: string },
): Promise<CompletedPart[]> {
  const completed: CompletedPart[] = [];
  const reader = new PartReader(file);
  const putNext = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    const { number, bytes } = reader.next();
    // S3 refuses what arrives different from what was read
    const part = {
      PartNumber: number,
      ChecksumSHA256: toBase64(sha256(bytes)),
    };
    const { ETag } = await to.clients.s3.send(
      new UploadPartCommand({ ...upload, ...part, Body: bytes }),
      { abortSignal: signal, requestTimeout: putTimeout },
    );
    completed[number - 1] = { ...part, ETag };
  };
  await runConcurrently(
    signal =>
      Array.from(
        { length: reader.count },
        () => () => lane(() => putNext(signal)),
      ),
    to.signal,
  );
  reader.assertUnchanged();
  return completed;
}
