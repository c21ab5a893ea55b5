import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  MultipartUpload,
} from '@aws-sdk/client-s3';
import { NotFoundError } from '@backstage/errors';
import { calling, listPages } from '@data-lake/aws';
import { Destination, toS3Url } from '../bucket/destination';

/**
 * Aborts the unfinished multipart uploads of some paths, which an interrupted upload or a lost answer left
 * behind: they are invisible, and they cost money.
 */
export async function abortParts(
  to: Destination,
  isOwn: (path: string) => boolean,
): Promise<void> {
  for (const { Key, UploadId } of await listUnfinished(to)) {
    const path = Key!.slice(to.prefix.length);
    if (!isOwn(path)) continue;
    await calling(
      {
        what: `aborting an unfinished upload of ${toS3Url(to, path)}`,
        action: 's3:AbortMultipartUpload',
      },
      () =>
        to.clients.s3.send(
          new AbortMultipartUploadCommand({ ...to.owned, Key, UploadId }),
          { abortSignal: to.signal },
        ),
    ).catch(error => {
      // another client has aborted it
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
}

interface Marker {
  KeyMarker?: string;
  UploadIdMarker?: string;
}

async function listUnfinished(to: Destination): Promise<MultipartUpload[]> {
  return calling(
    {
      what: `listing unfinished uploads in ${toS3Url(to)}`,
      action: 's3:ListBucketMultipartUploads',
    },
    () =>
      listPages<MultipartUpload, Marker>(async marker => {
        const page = await to.clients.s3.send(
          new ListMultipartUploadsCommand({
            ...to.owned,
            Prefix: to.prefix,
            ...marker,
          }),
          { abortSignal: to.signal },
        );
        return {
          items: page.Uploads ?? [],
          next: page.IsTruncated
            ? {
                KeyMarker: page.NextKeyMarker,
                UploadIdMarker: page.NextUploadIdMarker,
              }
            : undefined,
        };
      }),
  );
}
