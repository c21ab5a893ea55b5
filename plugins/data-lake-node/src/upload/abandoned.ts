import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
} from '@aws-sdk/client-s3';
import { calling } from '../aws/errors';
import { Destination } from './destination';
import { KnownFiles, underWay } from './manifest';

/**
 * Gives up the parts that an interrupted upload left of files of ours: nobody sees them, and they cost.
 */
export async function abortAbandonedParts(
  to: Destination,
  known: KnownFiles,
): Promise<void> {
  const options = { abortSignal: to.signal };
  const { Uploads } = await calling(
    {
      what: `listing unfinished uploads in s3://${to.bucket}/${to.prefix}`,
      action: 's3:ListBucketMultipartUploads',
    },
    () =>
      to.clients.s3.send(
        new ListMultipartUploadsCommand({ ...to.owned, Prefix: to.prefix }),
        options,
      ),
  );
  for (const { Key, UploadId } of Uploads ?? []) {
    if (known.get(Key!.slice(to.prefix.length))?.etag !== underWay) continue;
    await calling(
      {
        what: `giving up an unfinished upload of s3://${to.bucket}/${Key}`,
        action: 's3:AbortMultipartUpload',
      },
      () =>
        to.clients.s3.send(
          new AbortMultipartUploadCommand({ ...to.owned, Key, UploadId }),
          options,
        ),
    );
  }
}
