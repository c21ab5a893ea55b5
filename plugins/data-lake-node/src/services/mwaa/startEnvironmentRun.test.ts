import { fakeClients } from '../__testUtils__/fakeClients';
import { startEnvironmentRun } from './startEnvironmentRun';

const target = { account: '111122223333', region: 'eu-central-1' };
const environment = {
  entityRef: 'component:default/movielens',
  owner: 'group:default/data',
  name: 'demo',
  ...target,
};
const tags = {
  'data-lake:entity': environment.entityRef,
  'data-lake:owner': environment.owner,
};
const dag = {
  dag_id: 'movielens-demo',
  fileloc: '/airflow/dags/movielens-demo/a.py',
};

const start = async (
  change: { tags?: Record<string, string>; dag?: object; name?: string } = {},
) => {
  const Tags = Object.entries(change.tags ?? tags).map(([Key, Value]) => ({
    Key,
    Value,
  }));
  const { name = 'movielens-demo-foundations' } = change;
  const { clients, asked } = fakeClients({
    DescribeStacks: () => ({
      Stacks: [{ StackName: name, StackId: name, StackStatus: 'X', Tags }],
    }),
    GetEnvironment: () => ({ Environment: { AirflowVersion: '3.3.1' } }),
    'GET /dags/movielens-demo/details': () => ({ ...dag, ...change.dag }),
    'POST /dags/movielens-demo/dagRuns': ({ dag_run_id }) => ({ dag_run_id }),
  });
  const result = await startEnvironmentRun(clients, {
    environment: { ...environment, stacks: [{ ...target, name }] },
    airflow: 'airflow',
    runId: 'r1',
    conf: {},
    signal: new AbortController().signal,
  }).catch((error: Error) => error);
  return { result, started: asked.some(call => call.endsWith('/dagRuns')) };
};

describe('startEnvironmentRun', () => {
  it('starts the DAG that the name of its own stack tells', async () => {
    expect(await start()).toEqual({ result: 'r1', started: true });
  });

  it.each([
    [
      'another entity’s stack',
      { tags: { ...tags, 'data-lake:entity': 'component:default/payroll' } },
    ],
    [
      'the stack of an owner that the entity had before',
      { tags: { ...tags, 'data-lake:owner': 'group:default/finance' } },
    ],
    ['a stack without tags', { tags: {} }],
    ['a stack whose name tells no DAG', { name: 'movielens-demo-mwaa' }],
    [
      'a DAG below another team’s folder',
      { dag: { fileloc: '/airflow/dags/payroll/movielens-demo/a.py' } },
    ],
    ['another team’s DAG', { dag: { fileloc: '/airflow/dags/payroll/a.py' } }],
  ])('starts nothing of %s', async (_, change) => {
    const { result, started } = await start(change);
    expect(result).toMatchObject({ name: 'NotAllowedError' });
    expect(started).toBe(false);
  });
});
