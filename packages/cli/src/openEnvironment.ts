import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { assertAccount, AwsClientFactory, AwsClients } from '@data-lake/aws';
import {
  defaultAllowedResourceTypes,
  TemplateRules,
} from '@data-lake/cloudformation';
import {
  EnvironmentAuthority,
  parseProject,
  toOwnerAuthority,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import type { ActContext } from './actContext';
import { Options } from './arguments';
import { toIdentity } from './identity';

/** Project and environment that a command works on, with clients of its account. */
export interface OpenEnvironment extends EnvironmentAuthority {
  clients: AwsClients;
  project: ReturnType<typeof parseProject>;
  environment: string;
  /** Absolute path of the project's root. */
  source: string;
  /** Identity of the CI run or person: a second try continues what the first one started. */
  identity: string;
  log: (line: string) => void;
  signal: AbortSignal;
  /** Rules for its templates. */
  rules: TemplateRules;
}

/**
 * Reads the project, and makes sure that the credentials belong to the environment's account.
 *
 * @throws InputError, NotAllowedError
 */
export async function openEnvironment(
  options: Options,
  { signal, log }: ActContext,
): Promise<OpenEnvironment> {
  const path = resolve(options.project);
  const project = parseProject(await read(path));
  const { account, region, environment, owner } = toProjectDeploymentSpec(
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
    log,
    signal,
    ...toOwnerAuthority({
      clients,
      owner,
      sharedBuckets: options.sharedBuckets,
      signal,
    }),
    rules: {
      allowedResourceTypes: [
        ...defaultAllowedResourceTypes,
        ...options.allowedResourceTypes,
      ],
      allowedMacros: options.allowedMacros,
      permissionsBoundary: options.permissionsBoundary,
      settingNames: {
        allowedResourceTypes: '--allow-resource-type',
        allowedMacros: '--allow-macro',
      },
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
      }). Give the path of project.yaml with --project`,
    );
  }
}
