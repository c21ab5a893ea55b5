import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { EMRClient } from '@aws-sdk/client-emr';
import type { EMRServerlessClient } from '@aws-sdk/client-emr-serverless';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { IAMClient } from '@aws-sdk/client-iam';
import type { LakeFormationClient } from '@aws-sdk/client-lakeformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { MWAAClient } from '@aws-sdk/client-mwaa';
import type { S3Client } from '@aws-sdk/client-s3';
import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { STSClient } from '@aws-sdk/client-sts';
import { AwsTarget } from '../accounts/accounts';
import { CallCounter } from './calls';
import { withKeptHandlers } from './keptHandlers';
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
  readonly mwaa: MWAAClient;
  /** For what no client covers: {@link invokeRestApi}. */
  readonly settings: ClientSettings;
  /** Requests sent by these clients so far, retries included. */
  readonly calls: CallCounter;
}

/** @internal */
export function createClients(options: {
  target: AwsTarget;
  settings: ClientSettings;
}): AwsClients {
  const { target, settings } = options;
  const calls = new CallCounter();
  const made = new Map<string, unknown>();
  const lazily = <C extends { middlewareStack: unknown }>(
    id: string,
    make: () => C,
  ): C => {
    if (!made.has(id)) made.set(id, calls.watch(id, withoutLog(make())));
    return made.get(id) as C;
  };
  const common = (id: string) => settings.forClient(id);
  return {
    target,
    settings,
    calls,
    get cloudformation() {
      return lazily(
        'cloudformation',
        () =>
          new sdk.cloudformation.CloudFormationClient(common('cloudformation')),
      );
    },
    get sfn() {
      // sync- and streaming- host prefixes do not exist on a local endpoint
      return lazily(
        'stepfunctions',
        () =>
          new sdk.sfn.SFNClient({
            ...common('stepfunctions'),
            disableHostPrefix: settings.isLocal('stepfunctions'),
          }),
      );
    },
    get glue() {
      return lazily('glue', () => new sdk.glue.GlueClient(common('glue')));
    },
    get emr() {
      return lazily('emr', () => new sdk.emr.EMRClient(common('emr')));
    },
    get emrServerless() {
      return lazily(
        'emrserverless',
        () =>
          new sdk.emrServerless.EMRServerlessClient(common('emrserverless')),
      );
    },
    get lakeformation() {
      return lazily(
        'lakeformation',
        () =>
          new sdk.lakeformation.LakeFormationClient(common('lakeformation')),
      );
    },
    get lambda() {
      return lazily(
        'lambda',
        () => new sdk.lambda.LambdaClient(common('lambda')),
      );
    },
    get ssm() {
      return lazily('ssm', () => new sdk.ssm.SSMClient(common('ssm')));
    },
    get s3() {
      // one upload may be thousands of requests
      return lazily('s3', () =>
        withKeptHandlers(
          new sdk.s3.S3Client({
            ...common('s3'),
            forcePathStyle: settings.isLocal('s3'),
          }),
        ),
      );
    },
    get iam() {
      return lazily('iam', () => new sdk.iam.IAMClient(common('iam')));
    },
    get sts() {
      return lazily('sts', () => new sdk.sts.STSClient(common('sts')));
    },
    get logs() {
      return lazily(
        'logs',
        () => new sdk.logs.CloudWatchLogsClient(common('logs')),
      );
    },
    get mwaa() {
      // this client is older than the others, and so are the types of its request handler
      return lazily(
        'mwaa',
        () =>
          new sdk.mwaa.MWAAClient({
            ...(common('mwaa') as object),
            customUserAgent: [['app', settings.appId]],
            disableHostPrefix: settings.isLocal('mwaa'),
          }),
      );
    },
  };
}

/** Nobody reads the SDK's own log, for which it copies every request and answer, long listings too. */
function withoutLog<C extends { middlewareStack: unknown }>(client: C): C {
  const stack = client.middlewareStack as { remove(name: string): boolean };
  stack.remove('loggerMiddleware');
  return client;
}
