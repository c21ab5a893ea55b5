import {
  DeleteObjectsCommand,
  GetBucketTaggingCommand,
  ListObjectVersionsCommand,
  ObjectIdentifier,
} from '@aws-sdk/client-s3';
import {
  ConflictError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClients, calling, Heartbeat, WaitOptions } from '@data-lake/aws';

/** Whether a bucket holds any object, version or delete marker. */
export async function holdsObjects(
  clients: AwsClients,
  bucket: string,
  signal?: AbortSignal,
): Promise<boolean> {
  return (await listVersions({ clients, bucket, max: 1, signal })).length > 0;
}

/**
 * Makes sure that a bucket is the entity's, by its tag.
 *
 * @throws NotAllowedError where it is not, or is nobody's
 */
export async function assertTaggedBucket(options: {
  clients: AwsClients;
  bucket: string;
  entity: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { clients, bucket, entity, signal } = options;
  const tags = await readBucketTags({ clients, bucket, signal });
  const owner = tags[tagKeys.entity];
  if (owner === entity) return;
  throw new NotAllowedError(
    `Bucket ${bucket} is not emptied: its tag ${tagKeys.entity} says ${
      owner ?? 'nothing'
    }, not ${entity}. Empty it by hand if that is meant`,
  );
}

/**
 * The tags of a bucket of the clients' account; none where it has none.
 *
 * @throws NotFoundError, NotAllowedError where it is missing or another account's
 * @public
 */
export async function readBucketTags(options: {
  clients: AwsClients;
  bucket: string;
  signal?: AbortSignal;
}): Promise<Record<string, string>> {
  const { clients, bucket, signal } = options;
  const { TagSet } = await calling(
    {
      what: `reading the tags of bucket ${bucket}`,
      action: 's3:GetBucketTagging',
    },
    () =>
      clients.s3.send(
        new GetBucketTaggingCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
        }),
        { abortSignal: signal },
      ),
  ).catch(error => {
    if (error.cause?.name === 'NoSuchTagSet') return { TagSet: [] };
    throw error;
  });
  return Object.fromEntries(
    (TagSet ?? []).map(({ Key = '', Value = '' }) => [Key, Value]),
  );
}

/** Deletes all objects of a bucket, with all their versions. @returns how many */
export async function emptyBucket(
  { clients, log, signal, deadline }: WaitOptions,
  bucket: string,
): Promise<number> {
  const heart = new Heartbeat(log);
  for (let deleted = 0; ; ) {
    const Objects = await listVersions({ clients, bucket, max: 1_000, signal });
    if (Objects.length === 0) return deleted;
    if (Date.now() > deadline) {
      throw new ServiceUnavailableError(
        `Bucket ${bucket} is not empty in time; ${deleted} object versions are deleted. Run again to go on`,
      );
    }
    const { Errors } = await calling(
      { what: `emptying bucket ${bucket}`, action: 's3:DeleteObjectVersion' },
      () =>
        clients.s3.send(
          new DeleteObjectsCommand({
            Bucket: bucket,
            ExpectedBucketOwner: clients.target.account,
            Delete: { Quiet: true, Objects },
          }),
          { abortSignal: signal },
        ),
    );
    deleted += Objects.length - (Errors ?? []).length;
    const failed = Errors?.[0];
    if (failed) {
      throw new ConflictError(
        `S3 did not delete ${failed.Key} of bucket ${bucket} (${failed.Code}: ${failed.Message}); ${deleted} other object versions are deleted. A retention, a legal hold or a policy of the bucket keeps it, or the credentials lack s3:DeleteObjectVersion: lift that, then run again to go on`,
      );
    }
    heart.beat(() => `Emptying bucket ${bucket}: ${deleted} deleted so far`);
  }
}

async function listVersions(options: {
  clients: AwsClients;
  bucket: string;
  max: number;
  signal?: AbortSignal;
}): Promise<ObjectIdentifier[]> {
  const { clients, bucket, max, signal } = options;
  const { Versions, DeleteMarkers } = await calling(
    {
      what: `listing the objects of bucket ${bucket}`,
      action: 's3:ListBucketVersions',
    },
    () =>
      clients.s3.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
          MaxKeys: max,
        }),
        { abortSignal: signal },
      ),
  );
  return [...(Versions ?? []), ...(DeleteMarkers ?? [])].map(
    ({ Key, VersionId }) => ({ Key, VersionId }),
  );
}
