import { mockCredentials } from '@backstage/backend-test-utils';
import { EnvironmentObservation } from '@data-lake/plugin-data-lake-common';
import {
  observeEnvironment,
  startEnvironmentRun,
} from '@data-lake/plugin-data-lake-node';
import {
  entity,
  entityPath,
  observation,
  runId,
  stackArn,
} from '../__testUtils__/movielens';
import {
  startBackend as start,
  stopBackends,
} from '../__testUtils__/startBackend';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  observeEnvironment: jest.fn(),
  startEnvironmentRun: jest.fn(),
}));
const observe = jest.mocked(observeEnvironment);
const startRun = jest.mocked(startEnvironmentRun);

beforeEach(() => {
  observe.mockReset().mockResolvedValue(observation());
  startRun.mockReset().mockImplementation(async (_, { runId: id }) => id);
});
afterEach(stopBackends);

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

  it('refuses refreshes that no person could click, and observes no more often for them', async () => {
    observe.mockReturnValue(new Promise(() => {}));
    const { post } = await start();
    const refresh = () =>
      post(`${entityPath}/environments/demo/refresh`).then(r => r.status);
    const statuses = [];
    for (let i = 0; i < 40; i++) statuses.push(await refresh());
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(202));
    expect(statuses).toContain(429);
    expect(observe).toHaveBeenCalledTimes(1);
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
    expect(startRun).toHaveBeenCalledWith(
      expect.objectContaining({
        target: expect.objectContaining({ account: '111122223333' }),
      }),
      expect.objectContaining({
        airflow: 'airflow',
        environment: expect.objectContaining({
          entityRef: 'component:default/movielens',
          owner: 'group:default/data',
        }),
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
    expect(startRun).not.toHaveBeenCalled();
    expect(fail).toHaveBeenCalled();
  });

  it('refuses a wrong run id, an unknown environment, and one not observed', async () => {
    const { post } = await start();
    await post(runs).send({ runId: 'nice' }).expect(400);
    await post(`${entityPath}/environments/prod/runs`)
      .send({ runId })
      .expect(404);
    await post(runs).send({ runId }).expect(409);
    expect(startRun).not.toHaveBeenCalled();
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
