/**
 * Enumerates the routes, their inputs and their callers: each input has a decision that says why it is safe, and
 * each caller an answer. A new route or input without one fails here.
 */
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  DeletionRequest,
  RunRequest,
} from '@data-lake/plugin-data-lake-common';
import * as node from '@data-lake/plugin-data-lake-node';
import { movielens, observation, runId } from '../__testUtils__/movielens';
import { startBackend, stopBackends } from '../__testUtils__/startBackend';
import { AccountsQuery } from './accountRouter';
import { createRouter } from './createRouter';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  authorizeEnvironment: jest.fn(async () => ({})),
  authorizeProject: jest.fn(async () => ({})),
  listMwaaEnvironments: jest.fn(async () => []),
  observeEnvironment: jest.fn(),
  previewEnvironmentDeletion: jest.fn(async () => ({})),
  previewProject: jest.fn(async () => ({
    stacks: {},
    release: { uploads: [], deletes: [] },
    dags: { uploads: [], deletes: [] },
  })),
  readProjectFiles: jest.fn(async () => ({ deployment: {}, stacks: [] })),
  startEnvironmentRun: jest.fn(
    async (_: unknown, request: any) => request.runId,
  ),
}));

beforeEach(() => {
  jest.clearAllMocks();
  jest.mocked(node.observeEnvironment).mockResolvedValue(observation());
});
afterEach(stopBackends);

const effects = [
  node.listMwaaEnvironments,
  node.observeEnvironment,
  node.previewEnvironmentDeletion,
  node.previewProject,
  node.startEnvironmentRun,
].map(effect => jest.mocked(effect as jest.Mock));

interface Route {
  /** Answer by caller. */
  answers: Record<Caller, number>;
  /** Permission without which the route refuses; none for those of the form. */
  permission?: string;
  /** Why each input is safe. */
  inputs: Record<string, string>;
  /** Schemas of query and body. */
  schemas?: { shape: object }[];
  body?: object;
}

type Caller = 'member' | 'nonMember' | 'denied' | 'service' | 'nobody';

const entity = {
  namespace: 'EntityAccess.readEntity: catalog with the caller’s credentials',
  kind: 'EntityAccess.readEntity',
  name: 'EntityAccess.readEntity',
};
const environment = {
  ...entity,
  environment:
    'getEnvironment: an annotation of the entity, its account open to its owner',
};
const refusing = { denied: 403, service: 403, nobody: 401 };
const entityPath = '/entities/:namespace/:kind/:name';
const environmentPath = `${entityPath}/environments/:environment`;

const routes: Record<string, Route> = {
  [`GET ${entityPath}/pipeline`]: {
    answers: { member: 200, nonMember: 200, ...refusing },
    permission: 'data-lake.pipeline.read',
    inputs: entity,
  },
  [`POST ${environmentPath}/refresh`]: {
    answers: { member: 202, nonMember: 202, ...refusing },
    permission: 'data-lake.pipeline.read',
    inputs: environment,
  },
  [`POST ${environmentPath}/runs`]: {
    answers: { member: 201, nonMember: 403, ...refusing },
    permission: 'data-lake.pipeline.run',
    inputs: {
      ...environment,
      runId: 'RunRequest: a pattern; a run of the environment’s own DAG',
      conf: 'inert: parameters of the environment’s own DAG',
    },
    schemas: [RunRequest],
    body: { runId },
  },
  [`POST ${environmentPath}/deployment-preview`]: {
    answers: { member: 200, nonMember: 403, ...refusing },
    permission: 'data-lake.environment.deploy',
    inputs: environment,
  },
  [`POST ${environmentPath}/deletion-preview`]: {
    answers: { member: 200, nonMember: 403, ...refusing },
    permission: 'data-lake.environment.delete',
    inputs: {
      ...environment,
      removeData: 'readRemovable: the repository must allow it; a preview',
    },
    schemas: [DeletionRequest],
  },
  'GET /accounts': {
    answers: {
      member: 200,
      nonMember: 403,
      denied: 200,
      service: 403,
      nobody: 401,
    },
    inputs: { owner: 'AccountAccess.listAccounts: the caller belongs to it' },
    schemas: [AccountsQuery],
  },
  'GET /code-hosts': {
    answers: {
      member: 200,
      nonMember: 200,
      denied: 200,
      service: 403,
      nobody: 401,
    },
    inputs: {},
  },
  'GET /accounts/:account/regions/:region/mwaa-environments': {
    answers: {
      member: 200,
      nonMember: 403,
      denied: 200,
      service: 403,
      nobody: 401,
    },
    inputs: {
      account: 'AccountAccess.assertMayUse',
      region: 'AccountAccess.assertMayUse',
    },
  },
};

/** Lists the routes of a router and of the routers in it. */
function listRoutes(router: any): string[] {
  return router.stack.flatMap(({ route, handle }: any) => {
    if (!route) return handle?.stack ? listRoutes(handle) : [];
    return Object.keys(route.methods).map(
      method => `${method.toUpperCase()} ${route.path}`,
    );
  });
}

it('has a row for each route, and for each of its inputs', () => {
  expect(listRoutes(createRouter({} as any)).sort()).toEqual(
    Object.keys(routes).sort(),
  );
  for (const [route, { inputs, schemas = [] }] of Object.entries(routes)) {
    const named = [...route.matchAll(/:(\w+)/g)].map(([, name]) => name);
    const given = schemas.flatMap(({ shape }) => Object.keys(shape));
    expect([route, Object.keys(inputs).sort()]).toEqual([
      route,
      [...named, ...given].sort(),
    ]);
  }
});

const theirs = 'group:default/finance';
const headers = {
  service: mockCredentials.service.header(),
  nobody: mockCredentials.none.header(),
} as Partial<Record<Caller, string>>;

const toPath = (route: string, caller: Caller) => {
  const owner = caller === 'nonMember' ? theirs : 'group:default/data';
  const path = route
    .replace(/^\w+ /, '')
    .replace(':namespace/:kind/:name', 'default/component/movielens')
    .replace(':environment', 'demo')
    .replace(':account', '111122223333')
    .replace(':region', 'eu-central-1');
  return `/api/data-lake${path}${
    path === '/accounts' ? `?owner=${owner}` : ''
  }`;
};

const cases = Object.entries(routes).flatMap(([route, { answers }]) =>
  Object.entries(answers).map(
    ([caller, status]) => [route, caller as Caller, status] as const,
  ),
);

it.each(cases)(
  '%s answers a caller that is %s with %d',
  async (route, caller, status) => {
    const { permission, body } = routes[route];
    const isTheirs = caller === 'nonMember';
    const backend = await startBackend({
      owners: [isTheirs ? theirs : 'group:default/data'],
      deny: caller === 'denied' ? permission : undefined,
      entities: [
        isTheirs
          ? {
              ...movielens,
              relations: [{ type: 'ownedBy', targetRef: theirs }],
            }
          : movielens,
      ],
    });
    // a run needs an observation; who may not read gets none
    if (route.endsWith('/runs') && caller === 'member')
      await backend.readObserved();
    effects.forEach(effect => effect.mockClear());
    const request = route.startsWith('GET')
      ? backend.get(toPath(route, caller))
      : backend.post(toPath(route, caller)).send(body ?? {});
    const header = headers[caller];
    if (header) request.set('Authorization', header);
    expect((await request).status).toBe(status);
    if (status < 300) return;
    expect(effects.filter(({ mock }) => mock.calls.length > 0)).toEqual([]);
    // a refusal is audited, once it is known who calls
    const isKnown = !header;
    expect(backend.fail.mock.calls.length).toBe(isKnown ? 1 : 0);
  },
);
