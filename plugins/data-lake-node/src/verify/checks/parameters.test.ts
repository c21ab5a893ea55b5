import { runCheck, stackOf } from '../__testUtils__/verifyContext';
import { parametersCheck } from './parameters';

const ids = Array.from({ length: 12 }, (_, index) => `P${index}`);
const stack = stackOf(
  Object.fromEntries(ids.map(id => [id, ['AWS::SSM::Parameter']])),
);

/** @param values - by name; default some text */
function check(values: Record<string, string | undefined> = {}) {
  const asked: string[][] = [];
  const outcome = runCheck(parametersCheck, {
    stack,
    answers: {
      GetParameters: ({ Names }) => {
        asked.push(Names);
        return {
          Parameters: Names.map((Name: string) => ({
            Name,
            Value: Name in values ? values[Name] : 'x',
          })).filter(({ Value }: { Value?: string }) => Value !== undefined),
        };
      },
    },
  });
  return { outcome, asked };
}

describe('the check of the parameters', () => {
  it('passes with all of them, ten a call', async () => {
    const { outcome, asked } = check();
    expect(await outcome).toEqual({ state: 'passed', reason: '12 parameters' });
    expect(asked.map(names => names.length)).toEqual([10, 2]);
  });

  it('fails with each that is missing or empty', async () => {
    const { outcome } = check({ 'my-P1': '', 'my-P11': undefined });
    expect(await outcome).toMatchObject({
      state: 'failed',
      reason: 'Missing or empty: my-P1, my-P11',
    });
  });

  it('is unknown while no stack has parameters', async () => {
    expect(
      await runCheck(parametersCheck, { stack: stackOf({}) }),
    ).toMatchObject({ state: 'unknown', remedy: 'Deploy the environment' });
  });
});
