import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { AwsClients, calling } from '@data-lake/aws';

/**
 * Reads the customer-managed key that a bucket encrypts with by default; undefined if it has none.
 *
 * @returns ARN, id or alias, as the bucket names it
 * @throws NotFoundError, NotAllowedError if the bucket does not exist or belongs to another account
 */
export async function readBucketKey(options: {
  clients: AwsClients;
  bucket: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { clients, bucket, signal } = options;
  const { ServerSideEncryptionConfiguration } = await calling(
    {
      what: `reading the encryption of bucket ${bucket}`,
      action: 's3:GetEncryptionConfiguration',
    },
    () =>
      clients.s3.send(
        new GetBucketEncryptionCommand({
          Bucket: bucket,
          ExpectedBucketOwner: clients.target.account,
        }),
        { abortSignal: signal },
      ),
  ).catch(error => {
    const isPlain =
      error.cause?.name === 'ServerSideEncryptionConfigurationNotFoundError';
    if (isPlain) return { ServerSideEncryptionConfiguration: undefined };
    throw error;
  });
  return ServerSideEncryptionConfiguration?.Rules?.map(
    rule => rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
  ).find(Boolean);
}
