import { contextWith } from '../__testUtils__/context';
import { AirflowError } from '../__testUtils__/fakeClients';
import { startDagRun } from './startDagRun';

const dagId = 'movielens-demo';
const request = {
  environment: 'airflow',
  dagId,
  runId: '20261122T124500-7f3a',
  conf: { a: 1 },
  pauseMs: 1,
};
const refuse = (status: number) => () => {
  throw new AirflowError(status, 'said Airflow');
};

async function start(options: {
  version?: string;
  onStart: (body: any) => unknown;
  onRead?: () => unknown;
  controller?: AbortController;
}) {
  const { version = '3.3.1', onStart, controller } = options;
  const bodies: any[] = [];
  const { clients, asked } = contextWith({
    answers: {
      GetEnvironment: () => ({
        Environment: { Status: 'AVAILABLE', AirflowVersion: version },
      }),
      [`GET /dags/${dagId}/details`]:
        options.onRead ?? (() => ({ dag_id: dagId })),
      [`POST /dags/${dagId}/dagRuns`]: body => {
        bodies.push(body);
        return onStart(body);
      },
    },
  });
  const result = startDagRun(clients, {
    ...request,
    signal: controller?.signal,
  });
  return { result, bodies, asked };
}
const started = (body: any) => ({ dag_run_id: body.dag_run_id });

describe('startDagRun', () => {
  it('gives Airflow 3 the logical date it wants, and Airflow 2 none', async () => {
    const v3 = await start({ onStart: started });
    expect(await v3.result).toBe(request.runId);
    expect(v3.bodies).toEqual([
      { dag_run_id: request.runId, conf: { a: 1 }, logical_date: null },
    ]);
    const v2 = await start({ version: '2.11.2', onStart: started });
    await v2.result;
    expect(v2.bodies).toEqual([{ dag_run_id: request.runId, conf: { a: 1 } }]);
  });

  it('takes a run that is there already for started', async () => {
    const { result } = await start({ onStart: refuse(409) });
    expect(await result).toBe(request.runId);
  });

  it('waits for a DAG that Airflow lists but cannot run yet', async () => {
    let tries = 0;
    const { result } = await start({
      onStart: body => {
        tries += 1;
        return tries < 3 ? refuse(404)() : started(body);
      },
    });
    expect(await result).toBe(request.runId);
    expect(tries).toBe(3);
  });

  it('says in time that Airflow cannot run it yet', async () => {
    const { result, bodies } = await start({ onStart: refuse(404) });
    await expect(result).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(/cannot run it yet\. Try again/),
    });
    expect(bodies).toHaveLength(3);
  });

  it('says at once that Airflow does not know the DAG', async () => {
    const { result, bodies } = await start({
      onStart: refuse(404),
      onRead: refuse(404),
    });
    await expect(result).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringMatching(
        /^Airflow does not know DAG movielens-demo yet: .* within five minutes/,
      ),
    });
    expect(bodies).toHaveLength(1);
  });

  it.each([
    [400, 'InputError'],
    [401, 'NotAllowedError'],
    [403, 'NotAllowedError'],
    [422, 'InputError'],
    [429, 'ServiceUnavailableError'],
    [500, 'ServiceUnavailableError'],
    [502, 'ServiceUnavailableError'],
    [503, 'ServiceUnavailableError'],
    [504, 'ServiceUnavailableError'],
  ])('tries once, and makes %s a %s', async (status, name) => {
    const { result, bodies } = await start({ onStart: refuse(status) });
    await expect(result).rejects.toMatchObject({
      name,
      message: expect.stringContaining('said Airflow'),
    });
    expect(bodies).toHaveLength(1);
  });

  it.each(['starting', 'reading'])(
    'says what to do if the time ends while %s',
    async act => {
      const controller = new AbortController();
      const end = () => {
        controller.abort(new DOMException('time', 'TimeoutError'));
        throw Object.assign(new Error('aborted'), { name: 'AbortError' });
      };
      const { result } = await start({
        controller,
        onStart: act === 'starting' ? end : refuse(404),
        onRead: end,
      });
      await expect(result).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
        message:
          'Starting a run of DAG movielens-demo took too long. It may start all the same: look at the runs before you try again',
      });
    },
  );
});
