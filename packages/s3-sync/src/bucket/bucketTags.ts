import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { NotAllowedError } from '@backstage/errors';
import { AwsClients, calling, isSameRef } from '@data-lake/aws';

/** A tag that says who owns a bucket. @public */
export interface BucketOwnershipTag {
  key: string;
  /** Compared without regard to letter case, as entity refs are. */
  value: string;
}

/**
 * Checks that a bucket has all the ownership tags.
 *
 * @throws NotAllowedError that names the first tag that differs
 * @public
 */
export async function assertTaggedBucket(options: {
  clients: AwsClients;
  bucket: string;
  ownership: readonly BucketOwnershipTag[];
  signal?: AbortSignal;
}): Promise<void> {
  const { clients, bucket, ownership, signal } = options;
  const tags = await readBucketTags({ clients, bucket, signal });
  const foreign = ownership.find(
    ({ key, value }) => tags[key] === undefined || !isSameRef(tags[key], value),
  );
  if (!foreign) return;
  const { key, value } = foreign;
  throw new NotAllowedError(
    `Bucket ${bucket} is not emptied: its tag ${key} is ${
      tags[key] ?? 'absent'
    }, not ${value}. If this is intended, empty it by hand`,
  );
}

/**
 * Reads the tags of a bucket; empty if it has none.
 *
 * @throws NotFoundError, NotAllowedError if it does not exist or belongs to another account
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
