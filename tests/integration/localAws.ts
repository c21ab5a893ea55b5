import { AwsClientFactory, AwsClients } from '@data-lake/aws';

/** Endpoints of the tests' local AWS. */
export function localAwsUrl(): string {
  const url = process.env.AWS_ENDPOINT_URL;
  if (!url) {
    throw new Error('AWS_ENDPOINT_URL is not set: run ./dev test integration');
  }
  return url;
}

/** The engine's clients for the local AWS, or for a proxy in front of it. */
export function clientsOf(
  endpoint: string,
  account = '000000000000',
): AwsClients {
  return new AwsClientFactory({
    endpoints: { default: endpoint },
    credentials: {
      getCredentialProvider: async options => ({
        sdkCredentialProvider: async () => ({
          // the local AWS uses a 12-digit access key as the account
          accessKeyId: options?.accountId ?? '',
          secretAccessKey: 'local',
        }),
      }),
    },
  }).forTarget({ account, region: 'us-east-1' });
}
