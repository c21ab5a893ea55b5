import { ConfigReader } from '@backstage/config';
import fs from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { findProblems } from './findProblems';

const root = join(__dirname, '../../../..');
const production = read('app-config.production.yaml');
const local = read('app-config.yaml');

function read(name: string): any {
  return parse(fs.readFileSync(join(root, name), 'utf8'));
}

function findKeys(
  change: (data: any) => void = () => {},
  more: { permissionModules?: string[]; environment?: object } = {},
): string[] {
  const data = structuredClone(production);
  change(data);
  return findProblems({
    config: new ConfigReader(data),
    permissionModules: [],
    environment: {},
    ...(more as object),
  }).map(({ key }) => key);
}

describe('findProblems', () => {
  it('finds none in app-config.production.yaml', () => {
    expect(findKeys()).toEqual([]);
  });

  it.each<[string, (data: any) => void]>([
    ['app.baseUrl', data => (data.app.baseUrl = 'http://127.0.0.1:7007')],
    ['app.baseUrl', data => delete data.app.baseUrl],
    [
      'awsDeploy.accounts[0].permissionsBoundaryArn',
      data => delete data.awsDeploy.accounts[0].permissionsBoundaryArn,
    ],
    [
      'awsDeploy.accounts[1].serviceRoleArn',
      data => delete data.awsDeploy.accounts[1].serviceRoleArn,
    ],
    [
      'backend.baseUrl',
      data => (data.backend.baseUrl = 'https://localhost:7007'),
    ],
    [
      'backend.baseUrl',
      data => (data.backend.baseUrl = 'http://backstage.example.com'),
    ],
    ['permission.enabled', data => delete data.permission],
    ['permission.enabled', data => (data.permission.enabled = false)],
    [
      'backend.auth.dangerouslyDisableDefaultAuthPolicy',
      data =>
        (data.backend.auth = { dangerouslyDisableDefaultAuthPolicy: true }),
    ],
    [
      'scaffolder.requireScmUserCredentials',
      data => delete data.scaffolder.requireScmUserCredentials,
    ],
    [
      'scaffolder.requireScmUserCredentials',
      data => (data.scaffolder.requireScmUserCredentials = false),
    ],
    ['localRepositories', data => (data.localRepositories = { path: 'repos' })],
    ['auth.providers.guest', data => (data.auth.providers.guest = {})],
    ['auth.providers', data => (data.auth.providers = {})],
    ['auth.environment', data => (data.auth.environment = 'development')],
    ...[
      'http://127.0.0.1:4566',
      'http://localhost:4566',
      'http://aws.localhost:4566',
      'http://[::1]:4566',
      'http://0.0.0.0:4566',
    ].flatMap(endpoint =>
      ['default', 's3'].map((service): [string, (data: any) => void] => [
        `awsDeploy.endpoints.${service}`,
        data => (data.awsDeploy.endpoints = { [service]: endpoint }),
      ]),
    ),
    [
      'aws.mainAccount.accessKeyId',
      data => (data.aws.mainAccount.accessKeyId = '000000000000'),
    ],
    [
      'aws.accountDefaults.accessKeyId',
      data => (data.aws.accountDefaults = { accessKeyId: 'test' }),
    ],
    [
      'aws.accounts[1].accessKeyId',
      data => (data.aws.accounts[1].accessKeyId = '210987654321'),
    ],
    [
      'awsDeploy.accounts[0].id',
      data => (data.awsDeploy.accounts[0].id = '000000000000'),
    ],
    ['awsDeploy.accounts[1]', data => delete data.aws.accounts[1].roleName],
    ['awsDeploy.accounts[1]', data => data.aws.accounts.pop()],
    [
      'awsDeploy.accounts[0]',
      // the defaults are not for accounts that are listed
      data => {
        delete data.aws.accounts[0].roleName;
        data.aws.accountDefaults = { roleName: 'data-lake/all-deploy' };
      },
    ],
    [
      'awsDeploy.accounts[1]',
      data => {
        data.aws.accounts.pop();
        data.aws.accountDefaults = { region: 'eu-central-1' };
      },
    ],
  ])('finds %s (case %#)', (key, change) => {
    expect(findKeys(change)).toEqual([key]);
  });

  it('finds the policy that allows everything, and a local AWS in the environment', () => {
    expect(
      findKeys(undefined, { permissionModules: ['allow-all-policy'] }),
    ).toEqual(['allow-all-policy']);
    expect(findKeys(undefined, { permissionModules: ['ours'] })).toEqual([]);
    expect(
      findKeys(undefined, {
        environment: {
          AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
          AWS_ENDPOINT_URL_S3: 'https://s3.eu-central-1.amazonaws.com',
        },
      }),
    ).toEqual(['AWS_ENDPOINT_URL']);
  });

  it('allows a role by default for accounts that are not listed, and keys or a profile for one that is', () => {
    expect(
      findKeys(data => {
        data.aws.accounts = [{ accountId: '123456789012', profile: 'deploy' }];
        data.aws.accountDefaults = { roleName: 'data-lake/all-deploy' };
      }),
    ).toEqual([]);
  });

  it('allows keys of AWS and endpoints in a private network', () => {
    expect(
      findKeys(data => {
        data.aws.accounts[0].accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
        data.awsDeploy.endpoints = { s3: 'https://vpce-1.s3.amazonaws.com' };
      }),
    ).toEqual([]);
  });

  it('finds each local part of app-config.yaml, and says what to do', () => {
    const problems = findProblems({
      config: new ConfigReader(local),
      permissionModules: ['allow-all-policy'],
      environment: {},
    });
    expect(problems.map(({ key }) => key)).toEqual([
      'app.baseUrl',
      'backend.baseUrl',
      'allow-all-policy',
      'scaffolder.requireScmUserCredentials',
      'localRepositories',
      'auth.providers.guest',
      'auth.providers',
      'auth.environment',
      'awsDeploy.endpoints.default',
      'awsDeploy.endpoints.emrserverless',
      'awsDeploy.endpoints.lakeformation',
      'aws.mainAccount.accessKeyId',
      'aws.accounts[0].accessKeyId',
      'aws.accounts[1].accessKeyId',
      ...[0, 1].flatMap(i =>
        ['id', 'permissionsBoundaryArn', 'serviceRoleArn'].map(
          name => `awsDeploy.accounts[${i}].${name}`,
        ),
      ),
    ]);
    expect(problems.every(({ remedy }) => remedy)).toBe(true);
  });

  it('finds what a layer of app-config.yaml leaves', () => {
    // Backstage merges objects by key and replaces lists.
    const layered = new ConfigReader(production).getOptional() as any;
    const keys = findProblems({
      config: ConfigReader.fromConfigs([
        { context: 'local', data: local },
        { context: 'production', data: layered },
      ]),
      permissionModules: [],
      environment: {},
    }).map(({ key }) => key);
    expect(keys).toEqual([
      'localRepositories',
      'auth.providers.guest',
      'awsDeploy.endpoints.default',
      'awsDeploy.endpoints.emrserverless',
      'awsDeploy.endpoints.lakeformation',
      'aws.mainAccount.accessKeyId',
    ]);
  });
});
