import { PutObjectCommand } from '@aws-sdk/client-s3';
import { calling } from '../aws/errors';
import { partSize, readWhole, toBase64, UploadFile } from './content';
import { toContentType } from './contentType';
import { Destination } from './destination';
import { Lanes, putTimeout, smallBytes } from './lanes';
import { putInParts } from './putInParts';

/** Uploads a file, and returns its ETag. A cancelled one leaves no parts behind. */
export async function putFile(
  to: Destination,
  file: UploadFile,
  lanes: Lanes,
): Promise<string> {
  const Key = to.prefix + file.path;
  const goesInParts = file.size > partSize;
  const put = () =>
    calling(
      { what: `uploading s3://${to.bucket}/${Key}`, action: 's3:PutObject' },
      async () => {
        to.signal?.throwIfAborted();
        return goesInParts
          ? putInParts({ to, file, Key, lane: lanes.large })
          : putWhole(to, file, Key);
      },
    );
  if (goesInParts) return lanes.inParts(put);
  return file.size > smallBytes ? lanes.large(put) : lanes.small(put);
}

async function putWhole(
  to: Destination,
  file: UploadFile,
  Key: string,
): Promise<string> {
  const { ETag } = await to.clients.s3.send(
    new PutObjectCommand({
      ...to.owned,
      Key,
      Body: readWhole(file),
      ContentType: toContentType(file.path),
      // S3 refuses what arrives different from what was planned
      ChecksumSHA256: toBase64(file.sha256),
    }),
    { abortSignal: to.signal, requestTimeout: putTimeout },
  );
  return ETag!;
}
