import { PutObjectCommand } from '@aws-sdk/client-s3';
import { calling } from '@data-lake/aws';
import { Destination, toS3Url } from '../bucket/destination';
import { WriteCondition } from '../bucket/writeCondition';
import { toContentType } from '../files/contentType';
import { readContent, toBase64 } from '../files/fileContent';
import { partSize, UploadFile } from '../files/uploadFile';
import { FoundState, putIfUnchanged } from './putIfUnchanged';
import { putInParts } from './putInParts';
import { putTimeout, RequestLimits, smallBytes } from './requestLimits';

/**
 * Makes the function that uploads a file if its object is as listed, and returns its ETag. A cancelled
 * upload leaves no parts behind.
 *
 * @param to - the destination; its signal cancels all uploads
 */
export function toPutFile(
  to: Destination,
  { limits, found }: { limits: RequestLimits; found: FoundState },
): (file: UploadFile) => Promise<string> {
  // one object for all files, so that the client builds its middleware once
  const options = { abortSignal: to.signal, requestTimeout: putTimeout };
  return async file => {
    const Key = to.prefix + file.path;
    const isInParts = file.size > partSize;
    const putWhen = async (condition: WriteCondition) => {
      if (isInParts) {
        return putInParts({ to, file, Key, condition, limit: limits.large });
      }
      const command = toPutObject(to, file, { Key, ...condition });
      return (await to.clients.s3.send(command, options)).ETag!;
    };
    const put = () =>
      calling(
        { what: `uploading ${toS3Url(to, file.path)}`, action: 's3:PutObject' },
        async () => {
          to.signal?.throwIfAborted();
          return putIfUnchanged(to, file, { found, put: putWhen });
        },
      );
    if (isInParts) return limits.inParts(put);
    return file.size > smallBytes ? limits.large(put) : limits.small(put);
  };
}

const toPutObject = (
  to: Destination,
  file: UploadFile,
  object: { Key: string } & WriteCondition,
) =>
  new PutObjectCommand({
    ...to.owned,
    ...object,
    Body: readContent(file),
    ContentType: toContentType(file.path),
    // S3 refuses bytes that differ from the planned ones
    ChecksumSHA256: toBase64(file.sha256),
  });
