import { NotFoundError } from '@backstage/errors';
import { getMwaaEnvironment } from '@data-lake/aws';
import { assertMwaaAsNamed } from './assertMwaaAsNamed';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  getMwaaEnvironment: jest.fn(),
}));

const found = {
  bucket: 'airflow',
  dagPath: 'team/dags',
  executionRole: 'execution',
};

const assertNamed = (change: object = {}, stacks: string[] = ['foundations']) =>
  assertMwaaAsNamed({
    clients: {} as any,
    files: {
      deployment: {
        mwaaEnvironment: 'lake',
        mwaaBucket: 'airflow',
        dagPrefix: 'team/dags/movielens-demo/',
        dagId: 'movielens-demo',
        parameters: { MwaaExecutionRoleName: 'execution' },
        ...change,
      },
      stacks: stacks.map(name => ({ name })),
    } as any,
  });

describe('assertMwaaAsNamed', () => {
  it('takes what MWAA itself says', async () => {
    jest.mocked(getMwaaEnvironment).mockResolvedValue(found as any);
    await expect(assertNamed()).resolves.toBe(undefined);
  });

  it.each([
    ['bucket', { mwaaBucket: 'payroll' }],
    ['dagPath', { dagPrefix: 'dags/movielens-demo/' }],
    ['executionRole', { parameters: { MwaaExecutionRoleName: 'admin' } }],
  ])('refuses another %s', async (key, change) => {
    jest.mocked(getMwaaEnvironment).mockResolvedValue(found as any);
    await expect(assertNamed(change)).rejects.toThrow(
      new RegExp(`MWAA environment lake wrongly: ${key} is .*, not .*Correct`),
    );
  });

  it('lets a project make its MWAA environment, and not invent one', async () => {
    jest
      .mocked(getMwaaEnvironment)
      .mockRejectedValue(new NotFoundError('none'));
    await expect(assertNamed({}, ['mwaa'])).resolves.toBe(undefined);
    await expect(assertNamed()).rejects.toThrow('none');
  });
});
