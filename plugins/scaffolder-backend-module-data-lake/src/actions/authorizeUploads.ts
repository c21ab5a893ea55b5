import { NotFoundError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { readBucketTags } from '@data-lake/s3-sync';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Refuses callers who may not upload to the buckets that a project names. A bucket that its stacks are
 * still to create passes.
 *
 * @returns the same check for the upload itself, when every bucket exists
 * @throws NotAllowedError
 */
export async function authorizeUploads(
  { access }: DataLakeServices,
  ctx: Pick<StepContext<unknown>, 'getInitiatorCredentials' | 'signal'>,
  { clients, buckets }: { clients: AwsClients; buckets: string[] },
): Promise<(bucket: string) => Promise<void>> {
  const { account, region } = clients.target;
  const { signal } = ctx;
  const credentials = await ctx.getInitiatorCredentials();
  const readTags = (bucket: string) =>
    readBucketTags({ clients, bucket, signal });
  const authorize = (bucket: string, read = readTags) =>
    access.assertMayUpload(credentials, { account, region, bucket }, () =>
      read(bucket),
    );
  for (const bucket of buckets) await authorize(bucket, readTagsIfPresent);
  return bucket => authorize(bucket);

  async function readTagsIfPresent(bucket: string) {
    try {
      return await readTags(bucket);
    } catch (error) {
      if (error instanceof NotFoundError) return {};
      throw error;
    }
  }
}
