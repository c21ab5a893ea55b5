import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { contextWith, stackWith } from '../__testUtils__/context';
import { describeContract } from '../__testUtils__/contract';
import { AirflowError, Answers, sdkError } from '../__testUtils__/fakeClients';
import { mwaa } from './adapter';

/** Answers of real Airflows 2.11.2 (v1) and 3.3.1 (v2), with the DAG in its folder and under its id. */
const sample = (name: string) =>
  JSON.parse(
    readFileSync(resolve(__dirname, '__fixtures__', `${name}.json`), 'utf8')
      .replaceAll('movielens_pipeline.py', 'dags/movielens-demo/movielens.py')
      .replaceAll('movielens_pipeline', 'movielens-demo'),
  );

const dagId = 'movielens-demo';
const stacks = [
  stackWith([], { MwaaEnvironmentName: 'airflow', DagId: 'payroll' }),
];
const environment = (AirflowVersion: string, Status = 'AVAILABLE') => ({
  Environment: {
    Name: 'airflow',
    Status,
    AirflowVersion,
    WebserverUrl: 'web.example.com',
  },
});

const airflow = (v: 'v1' | 'v2'): Answers => ({
  GetEnvironment: () => environment(v === 'v1' ? '2.11.2' : '3.3.1'),
  [`GET /dags/${dagId}/details`]: () => sample(`${v}-dag-details`),
  'GET /importErrors': () => sample(`${v}-importErrors`),
  'POST /dags/~/dagRuns/list': () => sample(`${v}-dagRuns`),
  'POST /dags/~/dagRuns/~/taskInstances/list': () =>
    sample(`${v}-taskInstances`),
});

describe.each([
  ['v1', 'manual__2026-11-22T10:57:10.702698+00:00', 'running'],
  ['v2', 'manual__2026-11-22T10:50:38.855572+00:00', 'succeeded'],
] as const)('mwaa, Airflow REST %s', (v, runId, state) => {
  describeContract({
    adapter: mwaa,
    stacks,
    healthy: airflow(v),
    ids: [
      'airflow',
      dagId,
      `mwaa:DAG run:${runId}`,
      'mwaa:task:create_cluster',
    ],
    gone: {
      answers: {
        GetEnvironment: () => {
          throw sdkError(
            'ResourceNotFoundException',
            'no such environment',
            404,
          );
        },
      },
      id: 'airflow',
    },
    unknownStatus: {
      answers: {
        'POST /dags/~/dagRuns/list': () => ({
          dag_runs: [
            { ...sample(`${v}-dagRuns`).dag_runs[0], state: 'musing' },
          ],
        }),
      },
      ids: [`mwaa:DAG run:${runId}`],
    },
    action: 'airflow:GetEnvironment',
  });

  it('does not take a DAG for healthy whose file is gone', async () => {
    const gone = v === 'v1' ? { is_active: false } : { is_stale: true };
    const context = contextWith({
      stacks,
      answers: {
        ...airflow(v),
        [`GET /dags/${dagId}/details`]: () => ({
          ...sample(`${v}-dag-details`),
          ...gone,
        }),
      },
    });
    const { resources } = await mwaa.observe(context);
    expect(resources.find(({ id }) => id === dagId)).toMatchObject({
      health: 'failed',
      status: 'gone',
    });
  });

  it('tells the run, its tasks, and where Airflow shows them', async () => {
    const { parts, schedule } = await mwaa.observe(
      contextWith({ stacks, answers: airflow(v) }),
    );
    const part = parts.find(({ lead }) => lead?.id === runId)!;
    expect(part.lead).toMatchObject({ state, trigger: 'manual' });
    expect(part.partOf).toEqual({ runId });
    expect(part.steps[0].consoleUrl).toMatch(
      /^https:\/\/web\.example\.com\/dags\//,
    );
    expect(part.steps.length).toBeGreaterThan(3);
    expect(schedule).toEqual({
      dagId,
      paused: false,
      description: undefined,
      nextAt: undefined,
    });
  });
});

describe('mwaa', () => {
  it('asks Airflow nothing while the environment is being made', async () => {
    const context = contextWith({
      stacks,
      answers: { GetEnvironment: () => environment('3.3.1', 'CREATING') },
    });
    const { resources, problems } = await mwaa.observe(context);
    expect(resources).toMatchObject([
      { health: 'running', status: 'CREATING' },
    ]);
    expect(problems).toEqual([]);
    expect(context.asked).toEqual(['GetEnvironment']);
  });

  it('does not take a status it has not learnt for an answering Airflow', async () => {
    const context = contextWith({
      stacks,
      answers: { GetEnvironment: () => environment('3.3.1', 'HIBERNATING') },
    });
    expect((await mwaa.observe(context)).resources).toMatchObject([
      { health: 'unknown' },
    ]);
  });

  const withDag = async (answers: Answers) => {
    const context = contextWith({
      stacks,
      answers: { ...airflow('v2'), ...answers },
    });
    const observation = await mwaa.observe(context);
    return {
      ...observation,
      dag: observation.resources.find(r => r.id === dagId),
    };
  };

  it('does not know a DAG that Airflow has not picked up, which is no problem', async () => {
    const { dag, problems } = await withDag({
      [`GET /dags/${dagId}/details`]: () => {
        throw new AirflowError(404, 'DAG not found');
      },
    });
    expect(dag).toMatchObject({
      health: 'unknown',
      reason: expect.stringMatching(/five minutes/),
    });
    expect(problems).toEqual([]);
  });

  it('reads no DAG of stacks whose names tell none, whatever an output says', async () => {
    const context = contextWith({
      stacks: [{ ...stacks[0], name: 'movielens-demo-mwaa' }],
      answers: airflow('v2'),
    });
    const { resources, parts } = await mwaa.observe(context);
    expect(resources.map(({ id }) => id)).toEqual(['airflow']);
    expect(parts).toEqual([]);
    expect(context.asked).toEqual(['GetEnvironment']);
  });

  it.each(['/dags/payroll/dag.py', `/dags/payroll/${dagId}/dag.py`, null])(
    'reads nothing of a DAG of its id in another folder (%s), and tells so',
    async fileloc => {
      const { dag, parts, schedule, problems } = await withDag({
        [`GET /dags/${dagId}/details`]: () => ({
          ...sample('v2-dag-details'),
          fileloc,
        }),
      });
      expect({ dag, parts, schedule }).toEqual({
        dag: undefined,
        parts: [],
        schedule: undefined,
      });
      expect(problems).toEqual([
        {
          service: 'mwaa',
          health: 'denied',
          message: expect.stringMatching(
            /does not belong to component:default\/movielens. To own it/,
          ),
        },
      ]);
    },
  );

  it('says why its own file could not be imported, and not why others could not', async () => {
    const errors = (filename: string) => ({
      'GET /importErrors': () => ({
        import_errors: [
          { filename, stack_trace: 'Traceback\n  x\nImportError: no mwaalib' },
        ],
        total_entries: 1,
      }),
    });
    const own = await withDag(errors(`${dagId}/movielens.py`));
    expect(own.dag).toMatchObject({
      health: 'failed',
      reason: `${dagId}/movielens.py: ImportError: no mwaalib`,
    });
    for (const file of [
      '/usr/local/airflow/dags/payroll/dag.py',
      `/usr/local/airflow/dags/payroll/${dagId}/dag.py`,
      `payroll/${dagId}/dag.py`,
    ]) {
      const other = await withDag(errors(file));
      expect(other.dag).toMatchObject({ health: 'healthy' });
    }
  });

  it('reads tasks page by page', async () => {
    const [task] = sample('v2-taskInstances').task_instances;
    const offsets: number[] = [];
    const { parts } = await withDag({
      'POST /dags/~/dagRuns/~/taskInstances/list': ({ page_offset }) => {
        offsets.push(page_offset);
        const size = Math.min(100, 250 - page_offset);
        return {
          total_entries: 250,
          task_instances: Array.from({ length: size }, (_, i) => ({
            ...task,
            task_id: `t${page_offset + i}`,
          })),
        };
      },
    });
    expect(offsets).toEqual([0, 100, 200]);
    expect(
      parts.flatMap(t => t.steps).filter(s => s.kind === 'task'),
    ).toHaveLength(250);
  });

  it('gives no times to a task that was never reached, though Airflow does', async () => {
    const [task] = sample('v2-taskInstances').task_instances;
    const { parts } = await withDag({
      'POST /dags/~/dagRuns/~/taskInstances/list': () => ({
        total_entries: 1,
        task_instances: [{ ...task, state: 'upstream_failed' }],
      }),
    });
    const [step] = parts.flatMap(t => t.steps).filter(s => s.kind === 'task');
    expect(task.start_date).toBeTruthy();
    expect(step).toMatchObject({ state: 'skipped', status: 'upstream_failed' });
    expect([step.startedAt, step.endedAt]).toEqual([undefined, undefined]);
  });
});
