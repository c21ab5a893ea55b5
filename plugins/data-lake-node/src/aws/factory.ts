import { Config } from '@backstage/config';
import {
  AwsCredentialsManager,
  DefaultAwsCredentialsManager,
} from '@backstage/integration-aws-node';
import { AwsTarget } from './accounts';
import { AwsClients, createClients } from './clients';
import { readDataLakeConfig } from './config';
import { ClientSettings } from './settings';

/**
 * Makes the clients of an account and region. Credentials are those of `aws.accounts`,
 * `aws.accountDefaults` and `aws.mainAccount`; endpoints those of `dataLake.aws.endpoints`.
 *
 * @public
 */
export class AwsClientFactory {
  /** @param options - `purpose` ends the app id of all requests: `backstage-data-lake-<purpose>` */
  static fromConfig(
    config: Config,
    options: { purpose?: string } = {},
  ): AwsClientFactory {
    return new AwsClientFactory({
      ...options,
      credentials: DefaultAwsCredentialsManager.fromConfig(config),
      endpoints: readDataLakeConfig(config).aws.endpoints,
    });
  }

  private readonly made = new Map<string, AwsClients>();

  constructor(
    private readonly options: {
      credentials: AwsCredentialsManager;
      endpoints: Record<string, string>;
      purpose?: string;
    },
  ) {}

  /** The same clients for the same account and region, so that connections are used again. */
  forTarget(target: AwsTarget): AwsClients {
    const key = `${target.account}/${target.region}`;
    const existing = this.made.get(key);
    if (existing) return existing;
    const clients = createClients({
      target,
      settings: new ClientSettings({
        target,
        endpoints: this.options.endpoints,
        purpose: this.options.purpose,
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
