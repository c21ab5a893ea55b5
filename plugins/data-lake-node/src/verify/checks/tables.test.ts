import { runCheck, stackOf } from '../__testUtils__/verifyContext';
import { tablesCheck } from './tables';

const datasets = [
  { name: 'a', source: 'sample:1', tables: ['movies'], marts: ['top'] },
  { name: 'b', source: 'sample:1', tables: ['books'], marts: [] },
];

/** The catalog, one table a page. */
const check = (...names: string[]) =>
  runCheck(tablesCheck, {
    stack: stackOf({}, { outputs: { DatabaseName: 'lake' } }),
    project: { datasets },
    answers: {
      GetTables: ({ DatabaseName, NextToken = '0' }) => {
        expect(DatabaseName).toBe('lake');
        const next = Number(NextToken) + 1;
        return {
          TableList: names.slice(next - 1, next).map(Name => ({ Name })),
          NextToken: next < names.length ? String(next) : undefined,
        };
      },
    },
  });

describe('the check of the tables', () => {
  it('passes with all of them', async () => {
    expect(await check('top', 'movies', 'own', 'books')).toEqual({
      state: 'passed',
      reason: '3 tables in lake',
    });
  });

  it('fails with each that is missing beside others', async () => {
    expect(await check('movies')).toMatchObject({
      state: 'failed',
      reason: 'Database lake lacks top, books',
    });
  });

  it('is unknown before the first run, which makes them', async () => {
    expect(await check('own')).toMatchObject({
      state: 'unknown',
      remedy: expect.stringContaining('The first run makes them'),
    });
  });

  it('is unknown without a database', async () => {
    const project = { datasets };
    expect(
      await runCheck(tablesCheck, { project, stack: stackOf({}) }),
    ).toMatchObject({ state: 'unknown', reason: 'There is no database yet' });
  });
});
