import { Config } from '@backstage/config';
import type { AwsCredentialsManager } from '@backstage/integration-aws-node';
import { AwsTarget } from '../accounts/accounts';
import { AwsClients, createClients } from './clients';
import { readAwsDeployConfig } from '../accounts/config';
import { ClientSettings } from './settings';

/**
 * Makes the clients of an account and region. Credentials come from `aws.accounts`,
 * `aws.accountDefaults` and `aws.mainAccount`; endpoints from `awsDeploy.endpoints`.
 *
 * @public
 */
export class AwsClientFactory {
  /**
   * Takes credentials and endpoints from Backstage's configuration.
   *
   * @param options - `appId` names all requests in AWS's own logs; optional, default `backstage`
   */
  static fromConfig(
    config: Config,
    options: { appId?: string } = {},
  ): AwsClientFactory {
    // loaded only when used: a command line tool does not need it
    const { DefaultAwsCredentialsManager } =
      require('@backstage/integration-aws-node') as typeof import('@backstage/integration-aws-node');
    return new AwsClientFactory({
      ...options,
      credentials: DefaultAwsCredentialsManager.fromConfig(config),
      endpoints: readAwsDeployConfig(config).endpoints,
    });
  }

  /**
   * Takes the credentials of the SDK's standard chain, such as the OIDC token of a CI job, whichever
   * account they belong to, and the endpoints of the SDK's own variables, `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`.
   */
  static fromEnvironment(
    options: { appId?: string; environment?: NodeJS.ProcessEnv } = {},
  ): AwsClientFactory {
    const { appId, environment = process.env } = options;
    const { fromNodeProviderChain } =
      require('@aws-sdk/credential-providers') as typeof import('@aws-sdk/credential-providers');
    const sdkCredentialProvider = fromNodeProviderChain();
    return new AwsClientFactory({
      appId,
      credentials: {
        getCredentialProvider: async () => ({ sdkCredentialProvider }),
      },
      endpoints: toEndpoints(environment),
    });
  }

  private readonly made = new Map<string, AwsClients>();

  constructor(
    private readonly options: {
      credentials: AwsCredentialsManager;
      endpoints: Record<string, string>;
      appId?: string;
    },
  ) {}

  /** Returns the same clients for the same account and region, so that they share connections. */
  forTarget({ account, region }: AwsTarget): AwsClients {
    // Alone: callers pass larger objects, and the target of shared clients goes into digests.
    const target = { account, region };
    const key = `${target.account}/${target.region}`;
    const existing = this.made.get(key);
    if (existing) return existing;
    const clients = createClients({
      target,
      settings: new ClientSettings({
        target,
        endpoints: this.options.endpoints,
        appId: this.options.appId,
        credentials: async props => {
          const { sdkCredentialProvider } =
            await this.options.credentials.getCredentialProvider({
              accountId: target.account,
            });
          return sdkCredentialProvider(props);
        },
      }),
    });
    this.made.set(key, clients);
    return clients;
  }
}

/** `AWS_ENDPOINT_URL_EMR_SERVERLESS` is the endpoint of `emrserverless`. */
function toEndpoints(environment: NodeJS.ProcessEnv): Record<string, string> {
  const prefix = 'AWS_ENDPOINT_URL';
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([name, value]) => name.startsWith(prefix) && value)
      .map(([name, value]) => [
        name
          .slice(prefix.length + 1)
          .toLowerCase()
          .replaceAll('_', '') || 'default',
        value!,
      ]),
  );
}
