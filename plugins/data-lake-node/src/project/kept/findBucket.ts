import { NotFoundError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { readBucketTags } from '@data-lake/s3-sync';
import { readBucketKey } from './readBucketKey';

/** A bucket that is there. */
export interface FoundBucket {
  name: string;
  tags: Record<string, string>;
  /** The customer-managed key that it encrypts with: ARN, id or alias. */
  key?: string;
}

/**
 * Finds a bucket by its name; undefined if there is none.
 *
 * @throws NotAllowedError if it is another account's, or the credentials may not read its tags
 */
export async function findBucket(options: {
  clients: AwsClients;
  bucket: string;
  signal?: AbortSignal;
}): Promise<FoundBucket | undefined> {
  try {
    return {
      name: options.bucket,
      tags: await readBucketTags(options),
      key: await readBucketKey(options),
    };
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
