import { AwsClientFactory, type AwsClients } from '@data-lake/aws';

/** The engine's clients for the endpoint and the credentials that the AWS CLI takes from the environment too. */
export function localClients(): AwsClients {
  const {
    AWS_ENDPOINT_URL = '',
    AWS_ACCESS_KEY_ID = '',
    AWS_SECRET_ACCESS_KEY = '',
    AWS_REGION = '',
  } = process.env;
  const factory = new AwsClientFactory({
    endpoints: { default: AWS_ENDPOINT_URL },
    credentials: {
      getCredentialProvider: async () => ({
        sdkCredentialProvider: async () => ({
          accessKeyId: AWS_ACCESS_KEY_ID,
          secretAccessKey: AWS_SECRET_ACCESS_KEY,
        }),
      }),
    },
  });
  // a 12-digit access key is the local AWS's account
  return factory.forTarget({ account: AWS_ACCESS_KEY_ID, region: AWS_REGION });
}
