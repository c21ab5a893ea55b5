/** Contract test, against answers of Airflow's REST API; tests/runs tears down beside a real one. */
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { getMwaaEnvironment, invokeRestApi } from '@data-lake/aws';
import { letRunsEnd } from './drainDag';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  getMwaaEnvironment: jest.fn(),
  invokeRestApi: jest.fn(),
}));

/** The states of the newest run, one for each time it is asked; the last one stays. */
let states: string[];
/** `pause`, `resume` and `list`, in order. */
let done: string[];
const log = jest.fn();

beforeEach(() => {
  jest.resetAllMocks();
  states = ['success'];
  done = [];
  jest
    .mocked(getMwaaEnvironment)
    .mockResolvedValue({ airflowVersion: '3.0.6' } as any);
  jest.mocked(invokeRestApi).mockImplementation(async (_, request) => {
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

const letEnd = (options: object = {}) =>
  letRunsEnd({
    clients: {} as any,
    environment: 'airflow',
    dagId: 'lake',
    log,
    ...options,
  });

const lines = () => log.mock.calls.flat().join('\n');

describe('letRunsEnd', () => {
  it('pauses a DAG without a run under way', async () => {
    await letEnd();
    expect(done).toEqual(['list', 'pause', 'list']);
    expect(lines()).toBe('Paused DAG lake');
  });

  it('waits first: what is paused would never end its cluster', async () => {
    states = ['running', 'running', 'success'];
    await letEnd();
    expect(done).toEqual(['list', 'list', 'list', 'pause', 'list']);
    expect(lines()).toMatch(/^Waiting for run r1 of DAG lake to end/);
  });

  it('lets a run go on that began just before the pause', async () => {
    states = ['success', 'running', 'success'];
    await letEnd();
    expect(done.join(' ')).toBe('list pause list resume list pause list');
  });

  it('takes a state that it does not know for one under way', async () => {
    states = ['napping'];
    await expect(letEnd({ timeoutMinutes: 0 })).rejects.toThrow(ConflictError);
    expect(done).not.toContain('pause');
  });

  it('gives up where a run goes on, and says what to do', async () => {
    states = ['running'];
    await expect(letEnd({ timeoutMinutes: 0 })).rejects.toThrow(
      /^Nothing was deleted: run r1 of DAG lake has not ended in 0 minutes. Stop it/,
    );
  });

  it('does not go on while Airflow falls silent over a run under way', async () => {
    states = ['running', 'success'];
    const answer = jest.mocked(invokeRestApi).getMockImplementation()!;
    let asked = 0;
    jest.mocked(invokeRestApi).mockImplementation(async (...args) => {
      asked += 1;
      if (asked === 2) throw new ServiceUnavailableError('502');
      return answer(...args);
    });
    await letEnd();
    expect(lines()).toMatch(/Trying again: .*502/);
    expect(done).toEqual(['list', 'list', 'pause', 'list']);
  });

  it.each([
    [new NotFoundError('no such'), /has no DAG lake, and so no run of it/],
    [new ServiceUnavailableError('502'), /is not paused, .*502/],
    [new NotAllowedError('need x'), /is not paused, .*need x/],
  ])('lets all go on where Airflow answers %s', async (error, message) => {
    jest.mocked(invokeRestApi).mockRejectedValue(error);
    await letEnd();
    expect(lines()).toMatch(message);
  });

  it('ends with its signal', async () => {
    states = ['running'];
    const cancel = new AbortController();
    log.mockImplementation(() => cancel.abort());
    await expect(letEnd({ signal: cancel.signal })).rejects.toThrow('abort');
    expect(done).not.toContain('pause');
  });
});
