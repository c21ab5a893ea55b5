import type { Config } from '@backstage/config';
import { isLoopback } from '../isLoopback';
import { findAwsProblems } from './findAwsProblems';
import type { Problem, Start } from './problem';

/** Lists the local parts and open doors of a configuration for production. */
export function findProblems(start: Start): Problem[] {
  return [
    ...findAddresses(start.config),
    ...findOpenDoors(start),
    ...findSignIn(start.config),
    ...findAwsProblems(start),
  ];
}

function findAddresses(config: Config): Problem[] {
  return ['app.baseUrl', 'backend.baseUrl'].flatMap(key => {
    const url = config.getOptionalString(key) ?? '';
    const isPublic = url.startsWith('https://') && !isLoopback(url);
    return isPublic
      ? []
      : [
          {
            key,
            problem: `is ${url || 'missing'}`,
            remedy: 'name the https address that people use',
          },
        ];
  });
}

function findOpenDoors({ config, permissionModules }: Start): Problem[] {
  const problems: Problem[] = [];
  if (config.getOptionalBoolean('permission.enabled') !== true) {
    problems.push({
      key: 'permission.enabled',
      problem: 'is not true: every caller may do everything',
      remedy: 'set it to true',
    });
  }
  if (permissionModules.includes('allow-all-policy')) {
    problems.push({
      key: 'allow-all-policy',
      problem: 'is installed: every user may do everything',
      remedy:
        'remove it from packages/backend/src/index.ts, and add a permission policy of your own',
    });
  }
  const open = 'backend.auth.dangerouslyDisableDefaultAuthPolicy';
  if (config.getOptionalBoolean(open)) {
    problems.push({
      key: open,
      problem: 'is true: nobody has to sign in',
      remedy: 'remove it',
    });
  }
  const ownToken = 'scaffolder.requireScmUserCredentials';
  if (config.getOptionalBoolean(ownToken) !== true) {
    problems.push({
      key: ownToken,
      problem:
        "is not true: a task started without a token publishes with Backstage's own",
      remedy: 'set it to true',
    });
  }
  if (config.has('localRepositories')) {
    problems.push({
      key: 'localRepositories',
      problem: 'keeps repositories in a folder of this machine',
      remedy: 'remove it, and configure integrations for your Git host',
    });
  }
  return problems;
}

function findSignIn(config: Config): Problem[] {
  const problems: Problem[] = [];
  const providers = config.getOptionalConfig('auth.providers')?.keys() ?? [];
  if (providers.includes('guest')) {
    problems.push({
      key: 'auth.providers.guest',
      problem: 'signs anybody in without a password',
      remedy: 'remove it',
    });
  }
  if (providers.every(provider => provider === 'guest')) {
    problems.push({
      key: 'auth.providers',
      problem: 'has no provider by which a person can sign in',
      remedy:
        'configure one, such as auth.providers.github.production, and its sign-in resolver',
    });
  }
  const environment = config.getOptionalString('auth.environment');
  if (environment !== 'production') {
    problems.push({
      key: 'auth.environment',
      problem: `is ${environment ?? 'missing'}`,
      remedy: 'set it to production',
    });
  }
  return problems;
}
