import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { notificationService } from '@backstage/plugin-notifications-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  DeletionPreview,
  DeploymentPreview,
  Pipeline,
  Run,
} from '@data-lake/plugin-data-lake-common';
import {
  deleteEnvironment,
  readRemovable,
  EnvironmentObservation,
  listMwaaEnvironments,
  observeEnvironment,
  previewProject,
  readProjectFiles,
  triggerDagRun,
} from '@data-lake/plugin-data-lake-node';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import request from 'supertest';
import dataLakePlugin from './index';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  observeEnvironment: jest.fn(),
  triggerDagRun: jest.fn(),
  listMwaaEnvironments: jest.fn(),
  readProjectFiles: jest.fn(),
  previewProject: jest.fn(),
  deleteEnvironment: jest.fn(),
  readRemovable: jest.fn(),
}));
const observe = jest.mocked(observeEnvironment);
const trigger = jest.mocked(triggerDagRun);

const entityPath = '/api/data-lake/entities/default/component/movielens';
const runId = '20261122T124500-7f3a';
const stackArn = (account = '111122223333') =>
  `arn:aws:cloudformation:eu-central-1:${account}:stack/movielens-demo-foundations`;

const skeletonProject = join(__dirname, '../../../skeleton/project.yaml');
/** The skeleton's own project, in another account and region. */
const readProjectText = async (account = '111122223333') =>
  (await readFile(skeletonProject, 'utf8'))
    .replace('000000000000', account)
    .replace('region: us-east-1', 'region: eu-central-1');
const source = 'https://github.com/acme/movielens/tree/main/';

function entity(annotations: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'movielens', namespace: 'default', annotations },
    relations: [{ type: 'ownedBy', targetRef: 'group:default/data' }],
  };
}
const movielens = entity({
  'data-lake/environment-demo': stackArn(),
  'backstage.io/source-location': `url:${source}`,
});

const run = (state: Run['state']): Run => ({
  id: runId,
  state,
  trigger: 'manual',
  startedAt: '2026-11-22T12:45:00.000Z',
  endedAt: state === 'running' ? undefined : '2026-11-22T12:50:00.000Z',
  steps: [
    {
      id: `mwaa:DAG run:${runId}`,
      service: 'mwaa',
      kind: 'DAG run',
      name: 'movielens-demo',
      state,
      status: state,
      startedAt: '2026-11-22T12:45:00.000Z',
    },
  ],
  firstFailure: state === 'failed' ? `mwaa:DAG run:${runId}` : undefined,
});

const resource = (
  type: string,
  name: string,
  service: 'mwaa' | 'cloudformation',
) => ({
  service,
  type,
  id: name,
  name,
  health: 'healthy' as const,
  status: 'OK',
  facts: [],
});

const observation = (
  state: Run['state'] = 'succeeded',
): EnvironmentObservation => ({
  resources: [
    resource(
      'AWS::CloudFormation::Stack',
      'movielens-demo-foundations',
      'cloudformation',
    ),
    resource('AWS::MWAA::Environment', 'airflow', 'mwaa'),
    resource('AWS::MWAA::DAG', 'movielens-demo', 'mwaa'),
  ],
  runs: [run(state)],
  problems: [],
  schedule: { dagId: 'movielens-demo', paused: false },
  trigger: { environment: 'airflow', dagId: 'movielens-demo' },
});

async function start(
  options: {
    entities?: Entity[];
    deny?: string;
    collect?: object;
    owners?: string[];
    project?: string;
  } = {},
) {
  const reader = mockServices.urlReader.mock();
  reader.readTree.mockImplementation(async () => ({
    etag: 'c0ffee',
    files: jest.fn(),
    archive: jest.fn(),
    async dir(to) {
      await writeFile(
        join(to!.targetDir!, 'project.yaml'),
        options.project ?? (await readProjectText()),
      );
      return to!.targetDir!;
    },
  }));
  const publish = jest.fn().mockResolvedValue(undefined);
  const send = jest.fn().mockResolvedValue(undefined);
  const auditor = mockServices.auditor.mock();
  const success = jest.fn();
  const fail = jest.fn();
  auditor.createEvent.mockResolvedValue({ success, fail });
  const catalog = catalogServiceMock.mock();
  const entities = options.entities ?? [movielens];
  catalog.getEntityByRef.mockImplementation(async ref =>
    entities.find(e => e.metadata.name === (ref as { name: string }).name),
  );
  catalog.streamEntities.mockImplementation(async function* none() {
    yield [];
  });
  const permissions = mockServices.permissions.mock();
  permissions.authorize.mockImplementation(async requests =>
    requests.map(({ permission }) => ({
      result:
        permission.name === options.deny
          ? AuthorizeResult.DENY
          : AuthorizeResult.ALLOW,
    })),
  );
  const backend = await startTestBackend({
    features: [
      dataLakePlugin,
      mockServices.rootConfig.factory({
        data: {
          dataLake: {
            accounts: [
              {
                id: '111122223333',
                name: 'lake-demo',
                regions: ['eu-central-1'],
                owners: options.owners ?? ['group:default/data'],
              },
            ],
            collect: { activeSeconds: 1, ...options.collect },
          },
        },
      }),
      catalog.factory,
      permissions.factory,
      reader.factory,
      auditor.factory,
      createServiceFactory({
        service: coreServices.userInfo,
        deps: {},
        factory: () =>
          mockServices.userInfo({
            ownershipEntityRefs: ['user:default/mock', 'group:default/data'],
          }),
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish }),
      }),
      createServiceFactory({
        service: notificationService,
        deps: {},
        factory: () => ({ send }),
      }),
    ],
  });
  const { server } = backend;
  stops.push(() => backend.stop());
  const get = (path: string) => request(server).get(path);
  const post = (path: string) => request(server).post(path);
  const readPipeline = async () =>
    Pipeline.parse((await get(`${entityPath}/pipeline`).expect(200)).body);
  /** Reads until an observation was written. */
  const readObserved = async () => {
    await get(`${entityPath}/pipeline`);
    for (let i = 0; i < 100; i++) {
      const pipeline = await readPipeline();
      if (pipeline.environments[0].observedAt) return pipeline;
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    throw new Error('Nothing was observed');
  };
  return {
    server,
    reader,
    get,
    post,
    publish,
    send,
    auditor,
    success,
    fail,
    catalog,
    permissions,
    readPipeline,
    readObserved,
  };
}

const stops: (() => Promise<void>)[] = [];

beforeEach(() => {
  observe.mockReset().mockResolvedValue(observation());
  trigger.mockReset().mockImplementation(async (_, { runId: id }) => id);
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('GET pipeline', () => {
  it('answers at once, then with what was observed', async () => {
    let release = (_: EnvironmentObservation) => {};
    observe.mockReturnValue(new Promise(resolve => (release = resolve)));
    const { readPipeline, readObserved } = await start();

    const first = (await readPipeline()).environments[0];
    expect(first).toMatchObject({
      name: 'demo',
      observing: true,
      health: 'unknown',
      reason: 'not observed yet',
      actions: { run: { allowed: false, reason: 'Not observed yet' } },
    });

    release(observation());
    const second = (await readObserved()).environments[0];
    expect(second).toMatchObject({
      accountName: 'lake-demo',
      region: 'eu-central-1',
      health: 'healthy',
      runs: [{ id: runId, state: 'succeeded' }],
      actions: { run: { allowed: true } },
    });
    expect(observe).toHaveBeenCalledTimes(1);
  });

  it('observes once for many readers, and not again while it is fresh', async () => {
    const { readPipeline, readObserved } = await start();
    await Promise.all([1, 2, 3, 4, 5].map(readPipeline));
    await readObserved();
    await readPipeline();
    expect(observe).toHaveBeenCalledTimes(1);
  });

  it('observes again sooner while a run is active', async () => {
    observe.mockResolvedValue(observation('running'));
    const { readPipeline, readObserved } = await start();
    await readObserved();
    await new Promise(resolve => setTimeout(resolve, 1_100));
    await readPipeline();
    expect(observe).toHaveBeenCalledTimes(2);
  });

  it('tells a failure beside what was known before', async () => {
    const { post, readPipeline, readObserved } = await start();
    await readObserved();
    observe.mockRejectedValue(new Error('the network is down'));
    await post(`${entityPath}/environments/demo/refresh`).expect(202, {});
    await new Promise(resolve => setTimeout(resolve, 100));
    const [environment] = (await readPipeline()).environments;
    expect(environment.problems).toEqual([
      expect.objectContaining({ message: 'the network is down' }),
    ]);
    expect(environment.health).toBe('unknown');
    expect(environment.runs).toHaveLength(1);
  });

  it('shows one wrong annotation beside a right one', async () => {
    const { readPipeline } = await start({
      entities: [
        entity({
          'data-lake/environment-bad': 'nonsense',
          'data-lake/environment-demo': stackArn(),
        }),
      ],
    });
    const { environments } = await readPipeline();
    expect(environments.map(e => [e.name, e.health])).toEqual([
      ['bad', 'failed'],
      ['demo', 'unknown'],
    ]);
  });

  it('does not touch an account that is not for the owner', async () => {
    const { readPipeline } = await start({ owners: ['group:default/others'] });
    const [environment] = (await readPipeline()).environments;
    expect(environment).toMatchObject({
      health: 'denied',
      resources: [],
      runs: [],
    });
    expect(observe).not.toHaveBeenCalled();
  });

  it('is 404 where the caller does not see the entity, 403 without the permission', async () => {
    const invisible = await start({ entities: [] });
    await invisible.get(`${entityPath}/pipeline`).expect(404);
    const denied = await start({ deny: 'data-lake.pipeline.read' });
    await denied.get(`${entityPath}/pipeline`).expect(403);
    expect(observe).not.toHaveBeenCalled();
  });

  it('asks catalog and permissions with the credentials of the caller', async () => {
    const { readPipeline, catalog, permissions } = await start();
    await readPipeline();
    const credentials = expect.objectContaining({
      principal: expect.objectContaining({ type: 'user' }),
    });
    expect(catalog.getEntityByRef).toHaveBeenCalledWith(expect.anything(), {
      credentials,
    });
    expect(permissions.authorize).toHaveBeenCalledWith(
      [expect.objectContaining({ resourceRef: 'component:default/movielens' })],
      { credentials },
    );
  });

  it('refuses who is not signed in, and services', async () => {
    const { get } = await start();
    await get(`${entityPath}/pipeline`)
      .set('Authorization', mockCredentials.none.header())
      .expect(401);
    await get(`${entityPath}/pipeline`)
      .set('Authorization', mockCredentials.service.header())
      .expect(403);
    expect(observe).not.toHaveBeenCalled();
  });
});

describe('POST runs', () => {
  const runs = `${entityPath}/environments/demo/runs`;

  it('starts the DAG and audits who did', async () => {
    const { post, readObserved, auditor, success } = await start();
    await readObserved();
    await post(runs)
      .send({ runId, conf: { source: 'sample:10' } })
      .expect(201, { runId });
    expect(trigger).toHaveBeenCalledWith(
      expect.objectContaining({
        target: expect.objectContaining({ account: '111122223333' }),
      }),
      expect.objectContaining({
        environment: 'airflow',
        dagId: 'movielens-demo',
        runId,
        conf: { source: 'sample:10' },
      }),
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'run',
        meta: expect.objectContaining({
          environment: 'demo',
          runId,
          user: 'user:default/mock',
        }),
      }),
    );
    expect(success).toHaveBeenCalledWith({
      meta: { account: '111122223333', region: 'eu-central-1' },
    });
  });

  it('refuses without the permission, and audits that', async () => {
    const { post, readObserved, fail } = await start({
      deny: 'data-lake.pipeline.run',
    });
    await readObserved();
    await post(runs).send({ runId }).expect(403);
    expect(trigger).not.toHaveBeenCalled();
    expect(fail).toHaveBeenCalled();
  });

  it('refuses a wrong run id, an unknown environment, and one not observed', async () => {
    const { post } = await start();
    await post(runs).send({ runId: 'nice' }).expect(400);
    await post(`${entityPath}/environments/prod/runs`)
      .send({ runId })
      .expect(404);
    await post(runs).send({ runId }).expect(409);
    expect(trigger).not.toHaveBeenCalled();
  });

  it('refuses while the DAG is paused, and says so', async () => {
    observe.mockResolvedValue({
      ...observation(),
      schedule: { dagId: 'movielens-demo', paused: true },
    });
    const { post, readObserved } = await start();
    const pipeline = await readObserved();
    expect(pipeline.environments[0].actions.run.reason).toMatch(/paused/);
    await post(runs).send({ runId }).expect(409);
  });
});

describe('POST deployment-preview', () => {
  const path = `${entityPath}/environments/demo/deployment-preview`;
  const upload = {
    prefix: 'dags/x/',
    uploads: ['a.py'],
    deletes: [],
    deletesMany: false,
    unchanged: 3,
  };
  const files = {
    deployment: {
      environment: 'demo',
      account: '111122223333',
      region: 'eu-central-1',
      mwaaBucket: 'airflow-bucket',
      codeBucket: '',
    },
    stacks: [{ name: 'foundations', stackName: 'movielens-demo-foundations' }],
  };
  const resource_ = {
    logicalId: 'Topic',
    type: 'AWS::SNS::Topic',
    does: 'changed',
    properties: [{ path: 'DisplayName', before: 'Films', after: 'Movies' }],
    stateful: false,
  };

  beforeEach(() => {
    jest
      .mocked(readProjectFiles)
      .mockReset()
      .mockResolvedValue(files as any);
    jest
      .mocked(previewProject)
      .mockReset()
      .mockResolvedValue({
        stacks: {
          foundations: {
            does: 'update',
            digest: 'd1',
            resources: [resource_],
            broader: [],
            templateBytes: 31_000,
            terminationProtection: true,
            drift: 'IN_SYNC',
          },
        },
        release: { ...upload, prefix: 'releases/abc/' },
        dags: upload,
      } as any);
  });

  it('reads the main branch of the repository and tells what would change', async () => {
    const { post, reader, auditor, success } = await start();
    const { body } = await post(path).expect(200);
    expect(DeploymentPreview.parse(body)).toEqual({
      environment: 'demo',
      account: '111122223333',
      region: 'eu-central-1',
      commit: 'c0ffee',
      stacks: [
        {
          name: 'foundations',
          stackName: 'movielens-demo-foundations',
          does: 'update',
          digest: 'd1',
          resources: [resource_],
          broader: [],
          templateBytes: 31_000,
          terminationProtection: true,
          drift: 'IN_SYNC',
        },
      ],
      uploads: [
        {
          place: 'releases/abc/',
          uploaded: ['a.py'],
          deleted: [],
          deletesMany: false,
          unchanged: 3,
        },
        {
          place: 's3://airflow-bucket/dags/x/',
          uploaded: ['a.py'],
          deleted: [],
          deletesMany: false,
          unchanged: 3,
        },
      ],
    });
    expect(reader.readTree).toHaveBeenCalledWith(source, expect.anything());
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'preview-deploy',
        meta: {
          entityRef: 'component:default/movielens',
          environment: 'demo',
          user: 'user:default/mock',
        },
      }),
    );
    expect(success).toHaveBeenCalledWith({
      meta: { account: '111122223333', region: 'eu-central-1' },
    });
  });

  it('asks CloudFormation once for those who ask at the same time, and again later', async () => {
    const { post } = await start();
    await Promise.all([post(path).expect(200), post(path).expect(200)]);
    const together = jest.mocked(previewProject).mock.calls.length;
    await post(path).expect(200);
    const calls = jest.mocked(previewProject).mock.calls;
    expect([together, calls.length]).toEqual([1, 2]);
    // a change set that a restart left behind is found by its name, and removed
    expect(calls[0][0].identity).toBe(calls[1][0].identity);
  });

  it('refuses without the permission, and audits that', async () => {
    const { post, fail } = await start({
      deny: 'data-lake.environment.deploy',
    });
    await post(path).expect(403);
    expect(fail).toHaveBeenCalled();
    expect(previewProject).not.toHaveBeenCalled();
  });

  it('refuses who does not belong to the owner', async () => {
    const theirs = {
      ...movielens,
      relations: [{ type: 'ownedBy', targetRef: 'group:default/finance' }],
    };
    const { post } = await start({ entities: [theirs] });
    const { body } = await post(path).expect(403);
    expect(body.error.message).toMatch(/Only members of group:default.finance/);
    expect(previewProject).not.toHaveBeenCalled();
  });

  it('refuses an account that is not for the owner, be it the annotation or the project that names it', async () => {
    const { post } = await start({ owners: ['group:default/others'] });
    await post(path).expect(403);
    const project = await readProjectText('999999999999');
    const { post: postAgain } = await start({ project });
    const { body } = await postAgain(path).expect(403);
    expect(body.error.message).toMatch(/Account 999999999999 is not allowed/);
    expect(previewProject).not.toHaveBeenCalled();
  });

  it("refuses another entity's project in the repository", async () => {
    const text = await readProjectText();
    const project = text.replace(/^entity: .*/m, 'entity: component:default/b');
    const { post } = await start({ project });
    const { body } = await post(path).expect(400);
    expect(body.error.message).toMatch(/is not the repository of/);
  });

  it('is told on the page, to each caller, whether they may', async () => {
    const { readPipeline } = await start({
      deny: 'data-lake.environment.delete',
    });
    const [{ actions }] = (await readPipeline()).environments;
    expect(actions.deploy).toEqual({ allowed: true });
    expect(actions.delete).toEqual({
      allowed: false,
      reason: 'It needs the permission data-lake.environment.delete',
    });
  });
});

describe('POST deletion-preview', () => {
  const path = `${entityPath}/environments/demo/deletion-preview`;
  const told = {
    environment: 'demo',
    account: '111122223333',
    region: 'eu-central-1',
    confirm: 'movielens-demo',
    stacks: [],
  };

  beforeEach(() => {
    jest.mocked(deleteEnvironment).mockReset().mockResolvedValue(told);
  });

  it('tells, confirms nothing, and names the entity whose the stacks must be', async () => {
    const { post } = await start();
    const { body } = await post(path).expect(200);
    expect(DeletionPreview.parse(body)).toEqual(told);
    const [options] = jest.mocked(deleteEnvironment).mock.calls[0];
    expect(options.confirm).toBeUndefined();
    expect(options.entityRef).toBe('component:default/movielens');
    expect(options.environment.stacks).toEqual([
      {
        account: '111122223333',
        region: 'eu-central-1',
        name: 'movielens-demo-foundations',
      },
    ]);
  });

  it('tells of the data too where that is asked, by what the repository says', async () => {
    jest.mocked(readRemovable).mockResolvedValue(true);
    const { post } = await start();
    await post(path).send({ removeData: true }).expect(200);
    expect(deleteEnvironment).toHaveBeenCalledWith(
      expect.objectContaining({ removable: true, removeData: true }),
    );
    await post(path).send({ removeData: 'yes' }).expect(400);
  });

  it('refuses without the permission, and an environment that is not there', async () => {
    const denied = await start({ deny: 'data-lake.environment.delete' });
    await denied.post(path).expect(403);
    const { post } = await start();
    await post(`${entityPath}/environments/prod/deletion-preview`).expect(404);
    expect(deleteEnvironment).not.toHaveBeenCalled();
  });
});

describe('announcements', () => {
  it('signals a change and notifies the owner of a run that turned failed, once', async () => {
    observe.mockResolvedValue(observation('running'));
    const { post, readObserved, publish, send } = await start();
    await readObserved();
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'data-lake:component:default/movielens',
      message: { environment: 'demo' },
    });
    observe.mockResolvedValue(observation('failed'));
    for (let i = 0; i < 2; i++) {
      await post(`${entityPath}/environments/demo/refresh`).expect(202);
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    expect(publish).toHaveBeenCalledTimes(2);
    expect(send).toHaveBeenCalledTimes(1);
    expect(send.mock.calls[0][0]).toMatchObject({
      recipients: { type: 'entity', entityRef: 'group:default/data' },
      payload: { link: '/catalog/default/component/movielens/pipeline' },
    });
  });

  it('is silent about failures of before the first look', async () => {
    observe.mockResolvedValue(observation('failed'));
    const { readObserved, send } = await start();
    await readObserved();
    expect(send).not.toHaveBeenCalled();
  });
});

describe('GET accounts', () => {
  it('gives what the caller owns, or one owner of those', async () => {
    const { get } = await start();
    const accounts = [
      { id: '111122223333', name: 'lake-demo', regions: ['eu-central-1'] },
    ];
    const own = await get('/api/data-lake/accounts');
    expect(own.body).toEqual({ accounts });
    await get('/api/data-lake/accounts?owner=group:default/data').expect(200, {
      accounts,
    });
    await get('/api/data-lake/accounts?owner=user:default/mock').expect(200, {
      accounts: [],
    });
    await get('/api/data-lake/accounts?owner=group:default/others').expect(403);
  });

  it('lists the MWAA environments of an allowed account and region only', async () => {
    const environments = [
      { name: 'a', status: 'AVAILABLE', airflowVersion: '3.3.1' },
    ];
    jest.mocked(listMwaaEnvironments).mockResolvedValue(environments);
    const { get } = await start();
    const path = (account: string, region: string) =>
      `/api/data-lake/accounts/${account}/regions/${region}/mwaa-environments`;
    await get(path('111122223333', 'eu-central-1')).expect(200, {
      environments,
    });
    await get(path('111122223333', 'us-east-1')).expect(403);
    expect(listMwaaEnvironments).toHaveBeenCalledTimes(1);
    await get(path('999999999999', 'eu-central-1')).expect(403);
    await get(path('nonsense', 'eu-central-1')).expect(400);
  });
});
