import {
  AbortMultipartUploadCommand,
  CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { Limit } from 'p-limit';
import { abortParts } from './abortParts';
import { PartReader, toBase64 } from '../files/fileContent';
import { UploadFile } from '../files/uploadFile';
import { toContentType } from '../files/contentType';
import { Destination } from '../bucket/destination';
import { putTimeout } from './requestLimits';
import { WriteCondition } from '../bucket/writeCondition';
import { runConcurrently, sha256 } from '@data-lake/aws';

interface PartedUpload {
  to: Destination;
  file: UploadFile;
  Key: string;
  /** Condition of the object that the parts become. */
  condition: WriteCondition;
  /** Shared with the parts of other files. */
  limit: Limit;
}

/**
 * Uploads a file in parts, and returns its ETag. It does not use `Upload` of `@aws-sdk/lib-storage`, which
 * returns before its parts have ended when it is cancelled, and so leaves them behind.
 */
export async function putInParts(parts: PartedUpload): Promise<string> {
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
    // S3 may have started one more upload, whose id was lost
    if (($metadata?.attempts ?? 1) > 1) {
      await abortParts(to, path => path === file.path);
    }
    return ETag!;
  } catch (error) {
    // without the signal, as a cancelled upload is cleaned up too; the next upload aborts what is left
    await to.clients.s3
      .send(new AbortMultipartUploadCommand(upload))
      .catch(() => undefined);
    throw error;
  }
}

/**
 * Uploads the parts. All have ended when it returns or throws, as a part that arrives after an abort would
 * stay.
 *
 * @throws ConflictError if they are not the bytes that were hashed
 */
async function putParts(
  { to, file, limit }: PartedUpload,
  upload: { Bucket: string; Key: string; UploadId: string },
): Promise<CompletedPart[]> {
  const completed: CompletedPart[] = [];
  const reader = new PartReader(file);
  const putNext = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    const { number, bytes } = reader.next();
    // S3 refuses bytes that differ from those that were read
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
        () => () => limit(() => putNext(signal)),
      ),
    to.signal,
  );
  reader.assertUnchanged();
  return completed;
}
