import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';
import { AwsClientFactory } from '@data-lake/aws';

const { AWS_ENDPOINT_URL: endpoint, AWS_CLI, CDK } = process.env;
if (!endpoint || !AWS_CLI || !CDK) {
  throw new Error(
    'AWS_ENDPOINT_URL, AWS_CLI or CDK is not set: run ./dev test integration',
  );
}

const region = 'us-east-1';

const factory = new AwsClientFactory({
  endpoints: {
    default: endpoint,
    emrserverless: process.env.AWS_ENDPOINT_URL_EMR_SERVERLESS!,
  },
  credentials: {
    getCredentialProvider: async options => ({
      sdkCredentialProvider: async () => ({
        accessKeyId: options?.accountId ?? '',
        secretAccessKey: 'local',
      }),
    }),
  },
});

/** The id of an account that is empty. */
export const newAccount = (): string =>
  String(600_000_000_000 + (Date.now() % 100_000_000_000));

/** An account of the local AWS (any 12 digits are one), for the product's clients and for the CLIs. */
export function useAccount(account: string) {
  const env = {
    ...process.env,
    PATH: `${dirname(AWS_CLI!)}${delimiter}${process.env.PATH}`,
    AWS_ACCESS_KEY_ID: account,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_PAGER: '',
    CDK_DISABLE_CLI_TELEMETRY: '1',
    CDK_VALIDATION: 'false',
  };
  const run = async (
    command: string,
    args: string[],
    options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
  ) => {
    try {
      const { stdout } = await promisify(execFile)(command, args, {
        cwd: options.cwd,
        env: { ...env, ...options.env },
        maxBuffer: 32 * 1024 * 1024,
      });
      return stdout;
    } catch (error: any) {
      throw new Error(
        `${command} ${args[0]} ${args[1]}: ${error.stdout}${error.stderr}`,
      );
    }
  };
  return {
    account,
    region,
    clients: factory.forTarget({ account, region }),
    run,
    aws: (...args: string[]) => run(AWS_CLI!, args),
    cdk: (args: string[], options: Parameters<typeof run>[2]) =>
      run(CDK!, args, options),
  };
}

export type Account = ReturnType<typeof useAccount>;
