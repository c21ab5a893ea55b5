import type { Config } from '@backstage/config';
import { isLoopback } from '../isLoopback';

/** A reason why an installation may not start: what is wrong, and what to do. */
export interface Problem {
  /** Key of the configuration, or what is installed. */
  key: string;
  problem: string;
  remedy: string;
}

/** What a start is judged by. */
export interface Start {
  config: Config;
  /** Ids of the modules of the permission plugin. */
  permissionModules: string[];
  /** Variables of the process. */
  environment: NodeJS.ProcessEnv;
}

/** Lists the local parts and open doors of a configuration for production. */
export function findProblems(start: Start): Problem[] {
  return [
    ...findAddresses(start.config),
    ...findOpenDoors(start),
    ...findSignIn(start.config),
    ...findLocalAws(start),
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

function findLocalAws({ config, environment }: Start): Problem[] {
  const endpoints = config.getOptionalConfig('awsDeploy.endpoints');
  const local = (endpoints?.keys() ?? [])
    .filter(service => isLoopback(endpoints!.getString(service)))
    .map(service => ({
      key: `awsDeploy.endpoints.${service}`,
      problem: `is ${endpoints!.getString(service)}, a local AWS`,
      remedy: 'remove it: without an endpoint, AWS itself is called',
    }));
  const variables = Object.keys(environment)
    .filter(name => name.startsWith('AWS_ENDPOINT_URL'))
    .filter(name => isLoopback(environment[name]!))
    .map(name => ({
      key: name,
      problem: `is ${environment[name]}, a local AWS, in the environment`,
      remedy: 'start the backend without this variable',
    }));
  return [...local, ...variables, ...findKeys(config), ...findAccounts(config)];
}

/** MiniStack and moto take any key; AWS's own start with AKIA or ASIA. */
function findKeys(config: Config): Problem[] {
  const accounts = config.getOptionalConfigArray('aws.accounts') ?? [];
  const places = [
    ...['mainAccount', 'accountDefaults'].map(name => ({
      key: `aws.${name}`,
      account: config.getOptionalConfig(`aws.${name}`),
    })),
    ...accounts.map((account, i) => ({ key: `aws.accounts[${i}]`, account })),
  ];
  return places.flatMap(({ key, account }) => {
    const accessKey = account?.getOptionalString('accessKeyId');
    return accessKey === undefined || /^A[KS]IA[A-Z0-9]{12,}$/.test(accessKey)
      ? []
      : [
          {
            key: `${key}.accessKeyId`,
            problem: 'is no access key of AWS, but a dummy of the local one',
            remedy:
              'remove accessKeyId and secretAccessKey, and name a role: aws.accounts[].roleName',
          },
        ];
  });
}

function findAccounts(config: Config): Problem[] {
  const accounts = config.getOptionalConfigArray('awsDeploy.accounts') ?? [];
  return accounts.flatMap((account, i) => {
    const key = `awsDeploy.accounts[${i}]`;
    const id = account.getOptionalString('id') ?? '';
    const local = /^(\d)\1{11}$/.test(id)
      ? [
          {
            key: `${key}.id`,
            problem: `is ${id}, an account of the local AWS`,
            remedy: 'name the account that may be deployed to',
          },
        ]
      : [];
    return [...local, ...findUnbound(config, account, key)];
  });
}

/** Without them a template's roles have no limit, and Backstage itself holds the rights to make everything. */
function findUnbound(config: Config, account: Config, key: string): Problem[] {
  return ['permissionsBoundaryArn', 'serviceRoleArn']
    .filter(
      name =>
        !account.getOptionalString(name) &&
        !config.getOptionalString(`awsDeploy.${name}`),
    )
    .map(name => ({
      key: `${key}.${name}`,
      problem:
        name === 'serviceRoleArn'
          ? "is missing: templates are deployed with Backstage's own rights"
          : 'is missing: a template may make a role with any rights',
      remedy:
        'deploy policies/roles.template.json of the skeleton, and take the ARN from its outputs',
    }));
}
