import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { EMRClient } from '@aws-sdk/client-emr';
import type { EMRServerlessClient } from '@aws-sdk/client-emr-serverless';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { LakeFormationClient } from '@aws-sdk/client-lakeformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { MWAAClient } from '@aws-sdk/client-mwaa';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import { AwsTarget } from '../accounts/accounts';
import { CallCounter } from './calls';
import { cacheHandlers } from './cacheHandlers';
import { sdk } from './sdk';
import { ClientSettings } from './settings';

/**
 * The clients of one account and region, each made when first used.
 *
 * @public
 */
export interface AwsClients {
  readonly target: AwsTarget;
  readonly cloudformation: CloudFormationClient;
  readonly sfn: SFNClient;
  readonly glue: GlueClient;
  readonly emr: EMRClient;
  readonly emrServerless: EMRServerlessClient;
  readonly lakeformation: LakeFormationClient;
  readonly lambda: LambdaClient;
  readonly ssm: SSMClient;
  readonly s3: S3Client;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly logs: CloudWatchLogsClient;
  readonly kms: KMSClient;
  readonly mwaa: MWAAClient;
  /** For requests that no client covers: `invokeRestApi`. */
  readonly settings: ClientSettings;
  /** Requests sent by these clients so far, retries included. */
  readonly calls: CallCounter;
}

/**
 * Makes the clients of one account and region.
 *
 * @internal
 */
export function createClients(options: {
  target: AwsTarget;
  settings: ClientSettings;
}): AwsClients {
  const { target, settings } = options;
  const calls = new CallCounter();
  const clients = { target, settings, calls };
  for (const [name, { service, make }] of Object.entries(makers)) {
    const get = () => calls.watch(service, withoutLog(make(settings)));
    defineLazily(clients, name, get);
  }
  return clients as AwsClients;
}

/** Defines a property that is made on first use. */
function defineLazily(object: object, name: string, make: () => unknown): void {
  const options = { enumerable: true, configurable: true };
  Object.defineProperty(object, name, {
    ...options,
    get() {
      const value = make();
      Object.defineProperty(object, name, { ...options, value });
      return value;
    },
  });
}

/** Service ids are the CDK's module names. */
const makers = {
  cloudformation: {
    service: 'cloudformation',
    make: settings =>
      new sdk.cloudformation.CloudFormationClient(
        settings.forClient('cloudformation'),
      ),
  },
  sfn: {
    service: 'stepfunctions',
    make: settings =>
      new sdk.sfn.SFNClient({
        ...settings.forClient('stepfunctions'),
        // sync- and streaming- host prefixes do not exist on a local endpoint
        disableHostPrefix: settings.isLocal('stepfunctions'),
      }),
  },
  glue: {
    service: 'glue',
    make: settings => new sdk.glue.GlueClient(settings.forClient('glue')),
  },
  emr: {
    service: 'emr',
    make: settings => new sdk.emr.EMRClient(settings.forClient('emr')),
  },
  emrServerless: {
    service: 'emrserverless',
    make: settings =>
      new sdk.emrServerless.EMRServerlessClient(
        settings.forClient('emrserverless'),
      ),
  },
  lakeformation: {
    service: 'lakeformation',
    make: settings =>
      new sdk.lakeformation.LakeFormationClient(
        settings.forClient('lakeformation'),
      ),
  },
  lambda: {
    service: 'lambda',
    make: settings => new sdk.lambda.LambdaClient(settings.forClient('lambda')),
  },
  ssm: {
    service: 'ssm',
    make: settings => new sdk.ssm.SSMClient(settings.forClient('ssm')),
  },
  s3: {
    service: 's3',
    // one upload may be thousands of requests
    make: settings =>
      cacheHandlers(
        new sdk.s3.S3Client({
          ...settings.forClient('s3'),
          forcePathStyle: settings.isLocal('s3'),
        }),
      ),
  },
  iam: {
    service: 'iam',
    make: settings => new sdk.iam.IAMClient(settings.forClient('iam')),
  },
  sts: {
    service: 'sts',
    make: settings => new sdk.sts.STSClient(settings.forClient('sts')),
  },
  logs: {
    service: 'logs',
    make: settings =>
      new sdk.logs.CloudWatchLogsClient(settings.forClient('logs')),
  },
  kms: {
    service: 'kms',
    make: settings => new sdk.kms.KMSClient(settings.forClient('kms')),
  },
  mwaa: {
    service: 'mwaa',
    // this client is older than the others, and so are the types of its request handler
    make: settings =>
      new sdk.mwaa.MWAAClient({
        ...(settings.forClient('mwaa') as object),
        customUserAgent: [['app', settings.appId]],
        disableHostPrefix: settings.isLocal('mwaa'),
      }),
  },
} satisfies {
  [K in Exclude<keyof AwsClients, 'target' | 'settings' | 'calls'>]: {
    service: string;
    make: (settings: ClientSettings) => AwsClients[K];
  };
};

/** Removes the SDK's own log, which copies every request and answer, long listings too. */
function withoutLog<C extends { middlewareStack: unknown }>(client: C): C {
  const stack = client.middlewareStack as { remove(name: string): boolean };
  stack.remove('loggerMiddleware');
  return client;
}
