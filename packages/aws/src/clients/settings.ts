import { NodeHttpHandler } from '@smithy/node-http-handler';
import { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import { AwsTarget } from '../accounts/accounts';

/**
 * Settings that all clients of one account and region share.
 *
 * @public
 */
export class ClientSettings {
  readonly requestHandler = new NodeHttpHandler({
    connectionTimeout: 3_000,
    // no call takes longer; MWAA's own limit is 10 s
    requestTimeout: 30_000,
    throwOnRequestTimeout: true,
  });

  constructor(
    private readonly options: {
      target: AwsTarget;
      credentials: AwsCredentialIdentityProvider;
      endpoints: Record<string, string>;
      /** Optional, default `backstage`. */
      appId?: string;
    },
  ) {}

  /**
   * Id of all requests in AWS's own logs.
   *
   * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-appid.html
   */
  get appId(): string {
    return this.options.appId ?? 'backstage';
  }

  get credentials(): AwsCredentialIdentityProvider {
    return this.options.credentials;
  }

  /** Finds the configured endpoint of a service, if there is one. Ids are the CDK's module names. */
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
