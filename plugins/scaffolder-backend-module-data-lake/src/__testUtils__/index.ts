import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { JsonObject } from '@backstage/types';
import {
  Accounts,
  AwsClientFactory,
  readAwsDeployConfig,
} from '@data-lake/aws';
import {
  createAccountAccess,
  EntityAccess,
} from '@data-lake/plugin-data-lake-node';
import yaml from 'yaml';
import { DataLakeServices } from '../actions/dataLakeServices';
import { RepositoryHost } from '../repositories/RepositoryHost';
import { RepositoryHosts } from '../repositories/RepositoryHosts';

/** Makes a context as the scaffolder does: with a signal, and checkpoints that replay what succeeded. */
export function makeContext<I extends JsonObject>(options: {
  input: I;
  workspacePath?: string;
  isDryRun?: boolean;
  checkpoints?: Map<string, unknown>;
}): any {
  const { checkpoints = new Map(), isDryRun = false, ...rest } = options;
  return {
    ...createMockActionContext(rest as any),
    logger: mockServices.logger.mock(),
    isDryRun,
    signal: new AbortController().signal,
    getInitiatorCredentials: async () =>
      mockCredentials.user('user:default/ada'),
    async checkpoint({ key, fn }: { key: string; fn: () => unknown }) {
      if (!checkpoints.has(key)) checkpoints.set(key, await fn());
      return checkpoints.get(key);
    },
  };
}

/** Reads the input of the step of an example that uses an action. */
export function readInput(example: TemplateExample, action: string): any {
  const { steps } = yaml.parse(example.example);
  return steps.find((step: { action: string }) => step.action === action).input;
}

const config = new ConfigReader({
  awsDeploy: {
    accounts: [
      {
        id: '123456789012',
        name: 'movies',
        regions: ['eu-central-1'],
        owners: ['group:default/data-engineering'],
        stackNamePrefixes: [{ prefixes: ['movielens-', 'alerts'] }],
        sharedBuckets: ['shared-mwaa'],
      },
      {
        id: '111111111111',
        name: 'finance',
        regions: ['eu-central-1'],
        owners: ['group:default/finance'],
      },
    ],
    // nothing listens there: an action that calls AWS unexpectedly says so
    endpoints: { default: 'http://127.0.0.1:9' },
  },
  aws: {
    accounts: [
      { accountId: '123456789012', accessKeyId: 'x', secretAccessKey: 'x' },
    ],
  },
});

const access = createAccountAccess({
  accounts: Accounts.fromConfig(config),
  userInfo: mockServices.userInfo({
    ownershipEntityRefs: ['user:default/ada', 'group:default/data-engineering'],
  }),
});

/** The entity movielens, of data engineering, in one environment. */
export const movielens = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'movielens',
    namespace: 'default',
    annotations: {
      'backstage.io/source-location': 'url:https://github.com/acme/movielens/',
      'data-lake/environment-demo':
        'arn:aws:cloudformation:eu-central-1:123456789012:stack/movielens-demo-foundations',
    },
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/data-engineering' }],
};

const github = {
  host: 'github.com',
  title: 'GitHub',
  type: 'github' as const,
  owners: ['acme'],
  projects: [],
  asksForToken: true,
};

/** A host that does nothing, for what is at github.com. */
export const repositoryHost = {
  takes: jest.fn((url: string) => url.includes('github.com')),
  publish: jest.fn(async () => ({
    remoteUrl: 'https://github.com/acme/x.git',
  })),
  register: jest.fn(async () => {}),
  protect: jest.fn(async () => {}),
  requestChange: jest.fn(async () => 'https://github.com/acme/x/pull/1'),
} satisfies RepositoryHost;

export const auditor = mockServices.auditor.mock({
  createEvent: async () => ({
    success: jest.fn(async () => {}),
    fail: jest.fn(async () => {}),
  }),
});

/**
 * Makes services for a caller of the group `data-engineering`, who has every permission.
 *
 * @param options - `deny`: name of a permission that the caller lacks; `entities`: those of the catalog;
 * `hidden`: the caller sees none of them
 */
export function makeServices(
  options: { deny?: string; entities?: any[]; hidden?: boolean } = {},
): DataLakeServices {
  const permissions = mockServices.permissions.mock();
  permissions.authorize.mockImplementation(async requests =>
    requests.map(({ permission }) => ({
      result:
        permission.name === options.deny
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    })),
  );
  const auth = mockServices.auth();
  const all = catalogServiceMock({ entities: options.entities ?? [movielens] });
  const none = catalogServiceMock({ entities: [] });
  const catalog = catalogServiceMock.mock({
    getEntitiesByRefs: all.getEntitiesByRefs.bind(all),
    async *streamEntities() {
      yield options.entities ?? [movielens];
    },
    getEntityByRef: async (ref, request: any) => {
      const { credentials } = request;
      const sees = !options.hidden || auth.isPrincipal(credentials, 'service');
      return (sees ? all : none).getEntityByRef(ref, { credentials });
    },
  });
  return {
    access,
    auditor,
    auth,
    aws: AwsClientFactory.fromConfig(config),
    catalog,
    entities: new EntityAccess({ catalog, permissions, accounts: access }),
    reader: mockServices.urlReader.mock(),
    repositories: new RepositoryHosts({
      allowed: [github],
      hosts: [repositoryHost],
      settings: { mainBranch: 'pull-request', register: true },
    }),
    settings: readAwsDeployConfig(new ConfigReader({})),
  };
}
