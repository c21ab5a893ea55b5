import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListMultipartUploadsCommandInput,
  MultipartUpload,
} from '@aws-sdk/client-s3';
import { NotFoundError } from '@backstage/errors';
import { calling } from '@data-lake/aws';
import { Destination } from '../bucket/destination';

/**
 * Gives up the unfinished uploads of some paths, which an interrupted upload or a lost answer left:
 * nobody sees them, and they cost.
 */
export async function abortParts(
  to: Destination,
  isOurs: (path: string) => boolean,
): Promise<void> {
  for (const { Key, UploadId } of await listUnfinished(to)) {
    if (!isOurs(Key!.slice(to.prefix.length))) continue;
    await calling(
      {
        what: `giving up an unfinished upload of s3://${to.bucket}/${Key}`,
        action: 's3:AbortMultipartUpload',
      },
      () =>
        to.clients.s3.send(
          new AbortMultipartUploadCommand({ ...to.owned, Key, UploadId }),
          { abortSignal: to.signal },
        ),
    ).catch(error => {
      // somebody else was faster
      if (!(error instanceof NotFoundError)) throw error;
    });
  }
}

async function listUnfinished(to: Destination): Promise<MultipartUpload[]> {
  const found: MultipartUpload[] = [];
  let next: Pick<
    ListMultipartUploadsCommandInput,
    'KeyMarker' | 'UploadIdMarker'
  > = {};
  for (;;) {
    const input = { ...to.owned, Prefix: to.prefix, ...next };
    const page = await calling(
      {
        what: `listing unfinished uploads in s3://${to.bucket}/${to.prefix}`,
        action: 's3:ListBucketMultipartUploads',
      },
      () =>
        to.clients.s3.send(new ListMultipartUploadsCommand(input), {
          abortSignal: to.signal,
        }),
    );
    found.push(...(page.Uploads ?? []));
    if (!page.IsTruncated) return found;
    next = {
      KeyMarker: page.NextKeyMarker,
      UploadIdMarker: page.NextUploadIdMarker,
    };
  }
}
