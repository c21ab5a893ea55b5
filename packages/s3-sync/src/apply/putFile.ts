import { PutObjectCommand } from '@aws-sdk/client-s3';
import { calling } from '@data-lake/aws';
import { partSize, readWhole, toBase64, UploadFile } from '../files/content';
import { toContentType } from '../files/contentType';
import { Destination } from '../bucket/destination';
import { Lanes, putTimeout, smallBytes } from './requestLimits';
import { putInParts } from './putInParts';
import { Condition, Ground, putOver } from './putIfUnchanged';

/**
 * What uploads a file over what was listed, and returns its ETag. A cancelled one leaves no parts behind.
 *
 * @param to - where to, until its signal says stop
 */
export function toPutFile(
  to: Destination,
  { lanes, ground }: { lanes: Lanes; ground: Ground },
): (file: UploadFile) => Promise<string> {
  // the same for all, so that their handler is too
  const options = { abortSignal: to.signal, requestTimeout: putTimeout };
  return async file => {
    const Key = to.prefix + file.path;
    const goesInParts = file.size > partSize;
    const putWhen = async (condition: Condition) => {
      if (goesInParts) {
        return putInParts({ to, file, Key, condition, lane: lanes.large });
      }
      const whole = toPutObject(to, file, { Key, ...condition });
      return (await to.clients.s3.send(whole, options)).ETag!;
    };
    const put = () =>
      calling(
        { what: `uploading s3://${to.bucket}/${Key}`, action: 's3:PutObject' },
        async () => {
          to.signal?.throwIfAborted();
          return putOver(to, file, { ground, put: putWhen });
        },
      );
    if (goesInParts) return lanes.inParts(put);
    return file.size > smallBytes ? lanes.large(put) : lanes.small(put);
  };
}

const toPutObject = (
  to: Destination,
  file: UploadFile,
  object: { Key: string } & Condition,
) =>
  new PutObjectCommand({
    ...to.owned,
    ...object,
    Body: readWhole(file),
    ContentType: toContentType(file.path),
    // S3 refuses what arrives different from what was planned
    ChecksumSHA256: toBase64(file.sha256),
  });
