import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { local } from '../../paths.ts';
import { run } from '../../processes.ts';
import { compileOurs } from '../ours.ts';
import { installAwsCli, installCdk } from '../peers.ts';
import type { Request } from './ours.ts';
import { untilNextSecond } from './untilNextSecond.ts';

/** A stack to deploy. */
export type StackRequest = Request;

/** A tool that deploys a stack. */
export interface Deployer {
  name: 'ours' | 'awsCli' | 'cdk';
  /** Its letter in names of stacks. */
  short: string;
  /** Prepares a stack once, outside of the measured time. */
  prepare?(request: StackRequest): Promise<void>;
  /** Waits until its next operation can follow its last one, outside of the measured time. */
  settle?(): Promise<void>;
  /** Returns the command that deploys, which is measured. */
  deploy(request: StackRequest): Promise<Command>;
  /** Returns the command that deletes and waits until the stack is gone, which is measured. */
  delete(request: StackRequest): Promise<Command>;
}

interface Command {
  command: string;
  args: string[];
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/** Installs the tools. @returns ours first */
export async function toDeployers(options: {
  /** Folder of the project that is deployed. */
  project: string;
  env: NodeJS.ProcessEnv;
}): Promise<Deployer[]> {
  return [await ours(), await awsCli(), await cdk(options)];
}

async function ours(): Promise<Deployer> {
  const script = await compileOurs('deploy/ours.ts');
  const path = join(local, 'bench/request.json');
  return {
    name: 'ours',
    short: 'o',
    deploy: request => call(request),
    delete: request => call({ ...request, isDeletion: true }),
  };

  async function call(request: StackRequest): Promise<Command> {
    await writeFile(path, JSON.stringify(request));
    return { command: process.execPath, args: [script, path] };
  }
}

async function awsCli(): Promise<Deployer> {
  const aws = await installAwsCli();
  return {
    name: 'awsCli',
    short: 'a',
    // It names a change set by the second: two within one second have the same name.
    settle: untilNextSecond,
    deploy: async ({ stackName, template, parameters, tags }) => ({
      command: aws,
      args: [
        'cloudformation',
        'deploy',
        '--stack-name',
        stackName,
        '--template-file',
        template,
        '--capabilities',
        'CAPABILITY_NAMED_IAM',
        '--no-fail-on-empty-changeset',
        '--parameter-overrides',
        ...pairs(parameters),
        '--tags',
        ...pairs(tags),
      ],
    }),
    delete: async ({ stackName }) => ({
      command: 'sh',
      args: [
        '-ec',
        '"$0" cloudformation delete-stack --stack-name "$1"; "$0" cloudformation wait stack-delete-complete --stack-name "$1"',
        aws,
        stackName,
      ],
    }),
  };
}

/** Deploys to a bootstrapped account, from a synthesised assembly: neither step is measured. */
async function cdk(options: {
  project: string;
  env: NodeJS.ProcessEnv;
}): Promise<Deployer> {
  const command = await installCdk();
  const cwd = join(options.project, 'infra');
  const env: NodeJS.ProcessEnv = {
    ...options.env,
    CDK_HOME: join(local, 'bench/cdk-home'),
    CDK_DISABLE_CLI_TELEMETRY: '1',
    CDK_VALIDATION: 'false',
  };
  await bootstrap(command, env);
  return {
    name: 'cdk',
    short: 'c',
    async prepare() {
      await run({
        name: 'cdk synth',
        command,
        args: ['synth', '--quiet', '--no-notices'],
        cwd,
        env,
      });
    },
    deploy: async ({ stackName, parameters }) => ({
      command,
      args: [
        'deploy',
        stackName,
        '--app',
        'cdk.out',
        '--require-approval',
        'never',
        '--no-notices',
        ...pairs(parameters).flatMap(pair => ['--parameters', pair]),
      ],
      cwd,
      env,
    }),
    delete: async ({ stackName }) => ({
      command,
      args: [
        'destroy',
        stackName,
        '--app',
        'cdk.out',
        '--force',
        '--no-notices',
      ],
      cwd,
      env,
    }),
  };
}

async function bootstrap(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const account = `aws://${env.AWS_ACCESS_KEY_ID}/${env.AWS_REGION}`;
  await run({
    name: 'cdk bootstrap',
    command,
    args: ['bootstrap', account, '--no-notices'],
    cwd: local,
    env,
  });
}

const pairs = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => `${name}=${value}`);
