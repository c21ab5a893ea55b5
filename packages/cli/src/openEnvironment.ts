import { readFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { assertAccount, AwsClientFactory, AwsClients } from '@data-lake/aws';
import {
  defaultAllowedResourceTypes,
  TemplateRules,
} from '@data-lake/cloudformation';
import {
  parseProject,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import { Options } from './arguments';

/** What all commands begin with: project, environment, and clients of its account. */
export interface OpenEnvironment {
  clients: AwsClients;
  project: ReturnType<typeof parseProject>;
  environment: string;
  /** Absolute path of the project's root. */
  source: string;
  /** The same in a second try of the same CI run or person, so that it goes on with what the first began. */
  identity: string;
  log: (line: string) => void;
  signal: AbortSignal;
  /** What its templates may hold. */
  rules: TemplateRules;
}

/** @throws InputError, NotAllowedError where the credentials are of another account */
export async function openEnvironment(
  options: Options,
  signal: AbortSignal,
): Promise<OpenEnvironment> {
  const path = resolve(options.project);
  const project = parseProject(await read(path));
  const { account, region, environment } = toProjectDeploymentSpec(
    project,
    options.environment,
  );
  const clients = AwsClientFactory.fromEnvironment({
    appId: 'data-lake-cli',
  }).forTarget({
    account,
    region,
  });
  await assertAccount(clients, signal);
  return {
    clients,
    project,
    environment,
    source: dirname(path),
    identity: toIdentity(process.env),
    log: line => void process.stderr.write(`${line}\n`),
    signal,
    rules: {
      allowedResourceTypes: [
        ...defaultAllowedResourceTypes,
        ...options.allowedResourceTypes,
      ],
      allowedMacros: options.allowedMacros,
      permissionsBoundary: options.permissionsBoundary,
    },
  };
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new InputError(
      `There is no project at ${path} (${
        (error as { code?: string }).code
      }). Name its project.yaml with --project`,
    );
  }
}

function toIdentity(env: NodeJS.ProcessEnv): string {
  const { GITHUB_RUN_ID, CI_PIPELINE_ID } = env;
  return `cli-${GITHUB_RUN_ID ?? CI_PIPELINE_ID ?? byHand()}`;
}

/** Two people must not take each other's change sets for their own. */
const byHand = () => `by-hand ${userInfo().username}@${hostname()}`;
