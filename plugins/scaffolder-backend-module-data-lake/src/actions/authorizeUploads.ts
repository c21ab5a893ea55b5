import { NotFoundError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { readBucketTags } from '@data-lake/s3-sync';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Refuses callers who may not upload to the buckets that a project names. A bucket that its stacks are
 * still to create is theirs.
 *
 * @throws NotAllowedError
 */
export async function authorizeUploads(
  { access }: DataLakeServices,
  ctx: Pick<StepContext<unknown>, 'getInitiatorCredentials' | 'signal'>,
  { clients, buckets }: { clients: AwsClients; buckets: string[] },
): Promise<void> {
  const { account, region } = clients.target;
  const { signal } = ctx;
  const credentials = await ctx.getInitiatorCredentials();
  for (const bucket of buckets) {
    const readTags = () =>
      readBucketTags({ clients, bucket, signal }).catch(error => {
        if (error instanceof NotFoundError) return {};
        throw error;
      });
    const target = { account, region, bucket };
    await access.assertMayUpload(credentials, target, readTags);
  }
}
