import { NotFoundError, ServiceUnavailableError } from '@backstage/errors';
import { getOwnDag } from '../../services/mwaa/getOwnDag';
import { setDagPaused } from '../../services/mwaa/setDagPaused';
import { resumeDag } from './resumeDag';

jest.mock('../../services/mwaa/getOwnDag');
jest.mock('../../services/mwaa/setDagPaused');

const log = jest.fn();
const resume = (signal?: AbortSignal) =>
  resumeDag({
    clients: {} as any,
    files: {
      deployment: {
        mwaaEnvironment: 'airflow',
        dagId: 'movielens-demo',
        entity: 'component:default/movielens',
      },
    } as any,
    log,
    signal,
  });

beforeEach(() => jest.resetAllMocks());

it('unpauses its own DAG, and says so', async () => {
  jest.mocked(getOwnDag).mockResolvedValue({ is_paused: true } as any);
  await resume();
  expect(getOwnDag).toHaveBeenCalledWith(expect.anything(), {
    environment: 'airflow',
    dagId: 'movielens-demo',
    prefix: 'movielens-demo',
    entityRef: 'component:default/movielens',
  });
  expect(setDagPaused).toHaveBeenCalledWith(
    expect.objectContaining({
      environment: 'airflow',
      dagId: 'movielens-demo',
    }),
    false,
  );
  expect(log).toHaveBeenCalledWith(expect.stringMatching(/^Unpaused DAG/));
});

it.each([
  ['is not paused', async () => ({ is_paused: false } as any)],
  [
    'is not known yet',
    async () => {
      throw new NotFoundError('x');
    },
  ],
])('does nothing to a DAG that %s', async (_, answer) => {
  jest.mocked(getOwnDag).mockImplementation(answer);
  await resume();
  expect(setDagPaused).not.toHaveBeenCalled();
  expect(log).not.toHaveBeenCalled();
});

it('says that it does not know, and what to do, if Airflow does not answer', async () => {
  jest.mocked(getOwnDag).mockRejectedValue(new ServiceUnavailableError('away'));
  await resume();
  expect(log).toHaveBeenCalledWith(
    'Whether DAG movielens-demo is paused is unknown: away. If it is, unpause it in Airflow',
  );
});

it('stops when it is cancelled', async () => {
  jest.mocked(getOwnDag).mockRejectedValue(new Error('aborted'));
  await expect(resume(AbortSignal.abort())).rejects.toThrow('aborted');
});
