import { NotAllowedError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { isSameRef, tagKeys } from '@data-lake/plugin-data-lake-common';
import { readBucketTags } from '@data-lake/s3-sync';
import { assertNamesOwner, EnvironmentAuthority } from './EnvironmentAuthority';

/**
 * Makes the authority of a caller without an identity in Backstage, such as a CI job: it acts for the owner
 * of its project, and touches nothing that is another owner's by its tag.
 *
 * @param options - `sharedBuckets`: names of buckets that several owners use
 * @public
 */
export function toOwnerAuthority(options: {
  clients: AwsClients;
  owner: string;
  sharedBuckets?: readonly string[];
  signal?: AbortSignal;
}): EnvironmentAuthority {
  const { clients, owner, sharedBuckets = [], signal } = options;
  return {
    async authorizeStack(tags) {
      assertOwner('The stack', tags, owner);
    },
    async authorizeBucket(bucket) {
      if (sharedBuckets.includes(bucket)) return;
      const tags = await readBucketTags({ clients, bucket, signal });
      assertOwner(`Bucket ${bucket}`, tags, owner);
    },
  };
}

function assertOwner(
  what: string,
  tags: Readonly<Record<string, string>>,
  owner: string,
): void {
  assertNamesOwner(what, tags);
  const actual = tags[tagKeys.owner];
  if (actual === undefined || isSameRef(actual, owner)) return;
  throw new NotAllowedError(
    `${what} belongs to ${actual} by its tag ${tagKeys.owner}, and this project to ${owner}. If the tag is out of date, have it changed in AWS`,
  );
}
