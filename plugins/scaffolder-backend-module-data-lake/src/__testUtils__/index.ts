import { scaffolderServiceMock } from '@backstage/plugin-scaffolder-node/testUtils';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  Accounts,
  AwsClientFactory,
  readAwsDeployConfig,
} from '@data-lake/aws';
import {
  createAccountAccess,
  EntityAccess,
} from '@data-lake/plugin-data-lake-node';
import { DataLakeServices } from '../actions/dataLakeServices';
import { RepositoryHost } from '../repositories/RepositoryHost';
import { RepositoryHosts } from '../repositories/RepositoryHosts';
import { auditor } from './actions';

export { auditor, makeContext, readInput } from './actions';

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
    scaffolder: scaffolderServiceMock.mock({
      listTasks: async () => ({ items: [], totalItems: 0 }),
      getTask: async ({ taskId }) =>
        ({ id: taskId, status: 'processing', createdAt: '' } as any),
    }),
    repositories: new RepositoryHosts({
      allowed: [github],
      hosts: [repositoryHost],
      settings: { mainBranch: 'pull-request', register: true },
    }),
    settings: readAwsDeployConfig(new ConfigReader({})),
  };
}
