/** Contract test, against answers of Airflow's REST API; tests/runs deletes an environment beside a real one. */
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { getMwaaEnvironment, invokeRestApi } from '@data-lake/aws';
import { drainDag } from './drainDag';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  getMwaaEnvironment: jest.fn(),
  invokeRestApi: jest.fn(),
}));

/** States of the newest run, one for each request; the last one stays. */
let states: string[];
/** `pause`, `resume` and `list`, in order. */
let done: string[];
const log = jest.fn();
/** What Airflow says of the DAG beyond its id. */
let dag: object;

beforeEach(() => {
  jest.resetAllMocks();
  states = ['success'];
  done = [];
  dag = {};
  jest
    .mocked(getMwaaEnvironment)
    .mockResolvedValue({ airflowVersion: '3.0.6' } as any);
  jest.mocked(invokeRestApi).mockImplementation(async (_, request) => {
    if (request.method === 'GET') {
      return { dag_id: 'lake', fileloc: '/dags/lake/dag.py', ...dag };
    }
    if (request.method === 'PATCH') {
      const { is_paused } = request.body as { is_paused: boolean };
      done.push(is_paused ? 'pause' : 'resume');
      return { dag_id: 'lake', is_paused };
    }
    done.push('list');
    const state = states.length > 1 ? states.shift()! : states[0];
    return { dag_runs: [{ dag_run_id: 'r1', state }] };
  });
});

const drain = (options: object = {}) =>
  drainDag({
    clients: {} as any,
    environment: 'airflow',
    dagId: 'lake',
    entityRef: 'component:default/lake',
    prefix: 'lake',
    log,
    ...options,
  });

const lines = () => log.mock.calls.flat().join('\n');

describe('drainDag', () => {
  it('pauses a DAG without an active run', async () => {
    await drain();
    expect(done).toEqual(['list', 'pause', 'list']);
    expect(lines()).toBe('Paused DAG lake');
  });

  it('neither pauses nor waits for a DAG that is not the environment’s', async () => {
    dag = { fileloc: '/dags/payroll/dag.py' };
    states = ['running'];
    await drain();
    expect(done).toEqual([]);
    expect(lines()).toMatch(/was not paused.*does not belong to/);
  });

  it('waits first: a paused DAG would never terminate its cluster', async () => {
    states = ['running', 'running', 'success'];
    await drain();
    expect(done).toEqual(['list', 'list', 'list', 'pause', 'list']);
    expect(lines()).toMatch(/^Waiting for run r1 of DAG lake to end/);
  });

  it('unpauses for a run that started just before the pause', async () => {
    states = ['success', 'running', 'success'];
    await drain();
    expect(done.join(' ')).toBe('list pause list resume list pause list');
  });

  it('counts a run in an unknown state as active', async () => {
    states = ['napping'];
    await expect(drain({ timeoutMinutes: 0 })).rejects.toThrow(ConflictError);
    expect(done).not.toContain('pause');
  });

  it('gives up while a run stays active, and says what to do', async () => {
    states = ['running'];
    await expect(drain({ timeoutMinutes: 0 })).rejects.toThrow(
      /^Nothing was deleted: run r1 of DAG lake has not ended within 0 minutes. Stop it/,
    );
  });

  it('does not continue while Airflow does not answer about an active run', async () => {
    states = ['running', 'success'];
    const answer = jest.mocked(invokeRestApi).getMockImplementation()!;
    let asked = 0;
    jest.mocked(invokeRestApi).mockImplementation(async (...args) => {
      if (args[1].method === 'POST') asked += 1;
      if (asked === 2) {
        asked += 1;
        throw new ServiceUnavailableError('502');
      }
      return answer(...args);
    });
    await drain();
    expect(lines()).toMatch(/Trying again: .*502/);
    expect(done).toEqual(['list', 'list', 'pause', 'list']);
  });

  it.each([
    [new NotFoundError('no such'), /has no DAG lake, so it has no runs/],
    [new ServiceUnavailableError('502'), /was not paused, .*502/],
    [new NotAllowedError('need x'), /was not paused, .*need x/],
  ])(
    'lets the deletion continue when Airflow answers %s',
    async (error, message) => {
      jest.mocked(invokeRestApi).mockRejectedValue(error);
      await drain();
      expect(lines()).toMatch(message);
    },
  );

  it('ends when it is aborted', async () => {
    states = ['running'];
    const cancel = new AbortController();
    log.mockImplementation(() => cancel.abort());
    await expect(drain({ signal: cancel.signal })).rejects.toThrow('abort');
    expect(done).not.toContain('pause');
  });
});
