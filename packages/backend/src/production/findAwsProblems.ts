import type { Config } from '@backstage/config';
import { isLoopback } from '../isLoopback';
import type { Problem, Start } from './problem';

/** Lists the local parts and open doors of the configuration for AWS. */
export function findAwsProblems({
  config,
  environment,
}: Pick<Start, 'config' | 'environment'>): Problem[] {
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
    const role = local.length > 0 ? [] : findOwnRole(config, id, key);
    return [...local, ...findUnbound(config, account, key), ...role];
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

/**
 * Without a role of the account, or keys or a profile for it, the backend's own role would be used: it would deploy
 * with whatever it may do besides. `accountDefaults` is only for accounts that `aws.accounts` does not list.
 *
 * @see https://github.com/backstage/backstage/blob/master/packages/integration-aws-node/README.md
 */
function findOwnRole(config: Config, id: string, key: string): Problem[] {
  const listed = (config.getOptionalConfigArray('aws.accounts') ?? []).find(
    account => account.getOptionalString('accountId') === id,
  );
  const used = listed ?? config.getOptionalConfig('aws.accountDefaults');
  const own = ['roleName', ...(listed ? ['accessKeyId', 'profile'] : [])];
  if (own.some(name => used?.getOptionalString(name))) return [];
  return [
    {
      key,
      problem: listed
        ? `is account ${id}, whose entry in aws.accounts has no roleName: the backend's own role would deploy there`
        : `is account ${id}, which aws.accounts does not list: the backend's own role would deploy there`,
      remedy:
        'name the role there: DeployRoleArn of policies/roles.template.json of the skeleton, without arn:…:role/',
    },
  ];
}
