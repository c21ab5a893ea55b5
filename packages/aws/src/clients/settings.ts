import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { AwsTarget } from '../accounts/accounts';

/** Names this product in AWS's own logs. */
const product = 'backstage-data-lake';

/**
 * What all clients of one account and region have in common.
 *
 * @public
 */
export class ClientSettings {
  readonly requestHandler = new NodeHttpHandler({
    connectionTimeout: 3_000,
    // Nothing we ask takes longer; MWAA's own limit is 10 s
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
  });

  constructor(
    private readonly options: {
      target: AwsTarget;
      credentials: AwsCredentialIdentityProvider;
      endpoints: Record<string, string>;
      /** What the clients are for, e.g. `deploy`. */
      purpose?: string;
    },
  ) {}

  /**
   * What requests call themselves in AWS's own logs; each purpose has a policy of its own.
   * https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html
   */
  get appId(): string {
    const { purpose } = this.options;
    return purpose ? `${product}-${purpose}` : product;
  }

  get credentials(): AwsCredentialIdentityProvider {
    return this.options.credentials;
  }

  /** The endpoint of a service where it is not AWS's own. Ids are the CDK's module names. */
  findEndpoint(service: string): string | undefined {
    return this.options.endpoints[service] ?? this.options.endpoints.default;
  }

  isLocal(service: string): boolean {
    return this.findEndpoint(service) !== undefined;
  }

  forClient(service: string) {
    return {
      region: this.options.target.region,
      credentials: this.credentials,
      endpoint: this.findEndpoint(service),
      requestHandler: this.requestHandler,
      retryMode: 'standard',
      maxAttempts: 4,
      userAgentAppId: this.appId,
    };
  }
}
