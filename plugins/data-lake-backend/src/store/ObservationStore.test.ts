import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  EnvironmentObservation,
  ObservedEnvironment,
  Run,
  toRunKey,
} from '@data-lake/plugin-data-lake-common';
import { resolve } from 'node:path';
import { ObservationStore } from './ObservationStore';

/** PostgreSQL too where one is named; see the README. */
const postgres =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING;
const databases = TestDatabases.create({
  ids: postgres ? ['SQLITE_3', 'POSTGRES_16'] : ['SQLITE_3'],
});

const target = { account: '111122223333', region: 'eu-central-1' };
const key: ObservedEnvironment = {
  entityRef: 'component:default/movielens',
  name: 'demo',
  ...target,
  stacks: [{ ...target, name: 'movielens-demo-foundations' }],
};
const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const run = (id: string, minute: number, more: Partial<Run> = {}): Run => ({
  id,
  state: 'succeeded',
  trigger: 'manual',
  startedAt: at(minute).toISOString(),
  steps: [
    {
      id: `mwaa:DAG run:${id}`,
      service: 'mwaa',
      kind: 'DAG run',
      name: 'd',
      state: 'succeeded',
      status: 'success',
    },
  ],
  ...more,
});
const observation = (runs: Run[]): EnvironmentObservation => ({
  resources: [],
  problems: [],
  runs,
  dag: { environment: 'airflow', dagId: 'd' },
});
const claim = { now: at(0), until: at(1) };

describe.each(databases.eachSupportedId())(
  'ObservationStore on %s',
  (id: TestDatabaseId) => {
    async function create() {
      const knex = await databases.init(id);
      const database = mockServices.database({ knex });
      return { store: await ObservationStore.create(database), knex };
    }

    it('knows nothing at first', async () => {
      const { store } = await create();
      expect(await store.read(key, at(0))).toEqual({
        observing: false,
        resources: [],
        problems: [],
        runs: [],
      });
    });

    it('lets one observe at a time, and the next after it, or after its time', async () => {
      const { store } = await create();
      const claims = await Promise.all(
        [1, 2, 3].map(() => store.claim(key, claim)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect((await store.read(key, at(0))).observing).toBe(true);
      expect(await store.claim(key, { now: at(1), until: at(2) })).toBe(true);
      await store.save(key, observation([]), at(1));
      expect((await store.read(key, at(1))).observing).toBe(false);
      expect(await store.claim(key, { now: at(1), until: at(2) })).toBe(true);
    });

    it('keeps what was observed, newest run first', async () => {
      const { store } = await create();
      await store.claim(key, claim);
      await store.save(
        key,
        observation([run('a', 1), run('c', 3), run('b', 2)]),
        at(4),
      );
      expect(await store.read(key, at(4))).toMatchObject({
        observedAt: at(4).toISOString(),
        dag: { environment: 'airflow', dagId: 'd' },
        runs: [{ id: 'c' }, { id: 'b' }, { id: 'a' }],
      });
    });

    it('keeps runs that were not observed again, and at most 500', async () => {
      const { store, knex } = await create();
      await store.claim(key, claim);
      await store.save(key, observation([run('old', 0)]), at(1));
      const many = Array.from({ length: 510 }, (_, i) => run(`r${i}`, i + 1));
      await store.save(key, observation(many), at(600));
      const { runs } = await store.read(key, at(600));
      expect(runs).toHaveLength(40);
      expect(runs[0].id).toBe('r509');
      expect(await knex('runs').count({ n: '*' })).toEqual([
        { n: expect.anything() },
      ]);
      expect(await knex('runs')).toHaveLength(500);
    });

    const key1 = toRunKey('backfill~1');
    const ofKey = (name: string): Run =>
      run(name, 1, {
        trigger: 'execution',
        steps: [
          {
            id: `stepfunctions:execution:${name}`,
            service: 'stepfunctions',
            kind: 'execution',
            name,
            state: 'succeeded',
            status: 'SUCCEEDED',
          },
        ],
      });
    const withExecution = (one: Run, name: string): Run => ({
      ...one,
      steps: [...one.steps, ...ofKey(name).steps],
    });

    it.each([
      ['backfill~1', 'backfill-1'],
      ['a'.repeat(64) + 1, 'a'.repeat(64) + 2],
      ['backfill-1', 'backfill~1'],
    ])('keeps runs %s and %s apart', async (a, b) => {
      const { store } = await create();
      await store.claim(key, claim);
      await store.save(key, observation([run(a, 1)]), at(1));
      const failed = run(b, 2, { state: 'failed' });
      await store.save(key, observation([failed]), at(2));
      expect((await store.read(key, at(2))).runs).toMatchObject([
        { id: b, state: 'failed' },
        { id: a, state: 'succeeded' },
      ]);
    });

    it.each([
      ['its key', key1],
      ['its key of before', 'backfill-1'],
    ])(
      'knows a run again that only an execution of %s tells of, before or after',
      async (_, name) => {
        const whole = withExecution(run('backfill~1', 1), name);
        for (const order of [
          [ofKey(name), whole],
          [whole, ofKey(name)],
          [ofKey(name), run('backfill~1', 1), whole],
        ]) {
          const { store } = await create();
          await store.claim(key, claim);
          for (const one of order) {
            await store.save(key, observation([one]), at(1));
          }
          const { runs } = await store.read(key, at(1));
          expect(runs.map(each => each.id)).toEqual(['backfill~1']);
          expect(runs[0].steps).toHaveLength(2);
        }
      },
    );

    it('knows rows again that were saved when two runs could have one key', async () => {
      const { store, knex } = await create();
      await store.claim(key, claim);
      await store.save(key, observation([run('backfill~1', 1)]), at(1));
      await knex('runs').update({ run_key: 'backfill-1' });
      await store.save(key, observation([run('backfill-1', 2)]), at(2));
      await store.save(key, observation([run('backfill~1', 1)]), at(3));
      const { runs } = await store.read(key, at(3));
      expect(runs.map(each => each.id)).toEqual(['backfill-1', 'backfill~1']);
      expect(await knex('runs').orderBy('run_key').pluck('run_key')).toEqual([
        'backfill-1',
        key1,
      ]);
    });

    it('keeps an execution whose name is longer than the column', async () => {
      const { store, knex } = await create();
      await store.claim(key, claim);
      const name = 'by_hand_'.repeat(10);
      await store.save(key, observation([ofKey(name)]), at(1));
      await store.save(key, observation([ofKey(name)]), at(2));
      expect((await store.read(key, at(2))).runs).toMatchObject([{ id: name }]);
      const [{ run_key }] = await knex('runs');
      expect(run_key.length).toBeLessThanOrEqual(64);
    });

    it('keeps what was known beside a failure, which the next success takes away', async () => {
      const { store } = await create();
      await store.claim(key, claim);
      await store.save(key, observation([run('a', 1)]), at(1));
      await store.saveFailure(
        key,
        { service: 'cloudformation', health: 'unknown', message: 'too slow' },
        at(2),
      );
      expect(await store.read(key, at(2))).toMatchObject({
        observedAt: at(1).toISOString(),
        triedAt: at(2).toISOString(),
        problems: [{ message: 'too slow' }],
        runs: [{ id: 'a' }],
      });
      await store.save(key, observation([]), at(3));
      expect((await store.read(key, at(3))).problems).toEqual([]);
    });

    it('tells nothing of what was another owner’s', async () => {
      const { store } = await create();
      const former = { ...key, owner: 'group:default/finance' };
      await store.claim(former, claim);
      await store.save(former, observation([run('secret', 1)]), at(1));
      await store.saveFailure(
        former,
        { service: 'emr', health: 'unknown', message: 'secret' },
        at(1),
      );
      const respelled = { ...key, owner: 'Group:default/Finance' };
      expect((await store.read(respelled, at(1))).runs).toHaveLength(1);
      for (const owner of ['group:default/data', undefined]) {
        const taken = { ...key, owner };
        expect(await store.read(taken, at(1))).toEqual({
          observing: false,
          resources: [],
          problems: [],
          runs: [],
        });
      }
      const taken = { ...key, owner: 'group:default/data' };
      await store.claim(taken, { now: at(2), until: at(3) });
      await store.saveFailure(
        taken,
        { service: 'emr', health: 'denied', message: 'not yours' },
        at(2),
      );
      const { runs, problems } = await store.read(taken, at(2));
      expect(runs).toEqual([]);
      expect(problems).toMatchObject([{ message: 'not yours' }]);
    });

    it('tells nothing of the former stacks once the annotation names others', async () => {
      const { store } = await create();
      await store.claim(key, claim);
      await store.save(key, observation([run('secret', 1)]), at(1));
      const moved = {
        ...key,
        stacks: [{ ...target, name: 'movielens-demo-other' }],
      };
      expect((await store.read(moved, at(1))).runs).toEqual([]);
      await store.claim(moved, { now: at(2), until: at(3) });
      await store.save(moved, observation([]), at(2));
      expect((await store.read(moved, at(2))).runs).toEqual([]);
      expect((await store.read(key, at(2))).runs).toEqual([]);
    });

    it('keeps entities and environments apart', async () => {
      const { store } = await create();
      await store.claim(key, claim);
      await store.save(key, observation([run('a', 1)]), at(1));
      const others = [
        { ...key, entityRef: 'component:default/other' },
        { ...key, name: 'prod' },
      ];
      for (const other of others) {
        expect((await store.read(other, at(1))).runs).toEqual([]);
      }
    });

    it('migrates down to nothing', async () => {
      const { knex } = await create();
      const directory = resolve(__dirname, '../../migrations');
      await knex.migrate.rollback({ directory }, true);
      expect(await knex.schema.hasTable('runs')).toBe(false);
      expect(await knex.schema.hasTable('environments')).toBe(false);
      await knex.migrate.latest({ directory });
      expect(await knex.schema.hasTable('runs')).toBe(true);
    });
  },
);
