import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AwsClients, callingHead, CredentialsError } from '@data-lake/aws';

/**
 * Checks that a bucket exists and belongs to the account of the clients.
 *
 * @throws NotFoundError if it does not exist, NotAllowedError if it belongs to another account
 * @public
 */
export async function assertOwnBucket(options: {
  clients: AwsClients;
  bucket: string;
  signal?: AbortSignal;
}): Promise<void> {
  const { clients, bucket, signal } = options;
  const { account, region } = clients.target;
  try {
    await callingHead({
      clients,
      doing: { what: `looking for bucket ${bucket}`, action: 's3:ListBucket' },
      call: () =>
        clients.s3.send(
          new HeadBucketCommand({
            Bucket: bucket,
            ExpectedBucketOwner: account,
          }),
          { abortSignal: signal },
        ),
      signal,
    });
  } catch (error) {
    if (error instanceof NotFoundError) {
      throw new NotFoundError(
        `There is no bucket ${bucket} in account ${account}, region ${region}. Name an existing one`,
      );
    }
    if (error instanceof CredentialsError) throw error;
    if (error instanceof NotAllowedError) {
      throw new NotAllowedError(
        `Bucket ${bucket} does not belong to account ${account}, or the credentials lack s3:ListBucket on it. Name a bucket of this account`,
      );
    }
    throw error;
  }
}
