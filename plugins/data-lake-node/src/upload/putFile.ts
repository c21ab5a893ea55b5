import { PutObjectCommand } from '@aws-sdk/client-s3';
import { calling } from '../aws/errors';
import { toContentType } from './contentType';
import { Destination } from './destination';
import { UploadFile } from './plan';
import { partSize, putInParts } from './putInParts';

/** Uploads a file, and returns its ETag. A cancelled one leaves no parts behind. */
export async function putFile(
  to: Destination,
  file: UploadFile,
): Promise<string> {
  to.signal?.throwIfAborted();
  const Key = to.prefix + file.path;
  const put = file.bytes.length > partSize ? putInParts : putWhole;
  return calling(
    { what: `uploading s3://${to.bucket}/${Key}`, action: 's3:PutObject' },
    () => put(to, file, Key),
  );
}

async function putWhole(
  to: Destination,
  { path, bytes, sha256 }: UploadFile,
  Key: string,
): Promise<string> {
  const { ETag } = await to.clients.s3.send(
    new PutObjectCommand({
      ...to.owned,
      Key,
      Body: bytes,
      ContentType: toContentType(path),
      // S3 refuses what arrives different from what was planned
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    }),
    { abortSignal: to.signal },
  );
  return ETag!;
}
