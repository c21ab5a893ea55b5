import { NotAllowedError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { isSameRef } from '@data-lake/plugin-data-lake-common';
import { readBucketTags } from '@data-lake/s3-sync';
import {
  assertNamesOwner,
  EnvironmentAuthority,
  ownerTagKeys,
} from './EnvironmentAuthority';

/**
 * Makes the authority of a caller without an identity in Backstage, such as a CI job: it acts for the owner
 * of its project, and touches nothing that is another owner's by its tag, and no bucket that names none.
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
      assertNamesOwner('The stack', tags);
      assertOwner('The stack', tags, owner);
    },
    async authorizeBucket(bucket) {
      if (sharedBuckets.includes(bucket)) return;
      const tags = await readBucketTags({ clients, bucket, signal });
      const what = `Bucket ${bucket}`;
      assertNamesOwner(what, tags);
      assertHasOwner(what, tags, owner);
      assertOwner(what, tags, owner);
    },
  };
}

function assertOwner(
  what: string,
  tags: Readonly<Record<string, string>>,
  owner: string,
): void {
  for (const key of ownerTagKeys) {
    const actual = tags[key];
    if (actual === undefined || isSameRef(actual, owner)) continue;
    throw new NotAllowedError(
      `${what} belongs to ${actual} by its tag ${key}, and this project to ${owner}. If the tag is out of date, have it changed in AWS`,
    );
  }
}

function assertHasOwner(
  what: string,
  tags: Readonly<Record<string, string>>,
  owner: string,
): void {
  if (ownerTagKeys.some(key => tags[key])) return;
  throw new NotAllowedError(
    `${what} has no tag ${ownerTagKeys.join(
      ' or ',
    )}, so its owner is unknown. If it is yours, add the tag in AWS with the value ${owner}. If several teams share it, name it with --shared-bucket`,
  );
}
