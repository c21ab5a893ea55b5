import { contextWith, stackWith } from '../__testUtils__/context';
import { describeContract } from '../__testUtils__/contract';
import { parameterNames } from '@data-lake/plugin-data-lake-common';
import { ssm } from './adapter';

const name = '/data-lake/movielens/demo/data-bucket';
const parameter = { Name: name, Type: 'String', Value: 'lake' };
const stacks = [stackWith([['AWS::SSM::Parameter', name]])];

describe('ssm', () => {
  describeContract({
    adapter: ssm,
    stacks,
    healthy: { GetParameters: () => ({ Parameters: [parameter] }) },
    ids: [name],
    gone: {
      answers: {
        GetParameters: () => ({ Parameters: [], InvalidParameters: [name] }),
      },
      id: name,
    },
    unknownStatus: {
      answers: {
        GetParameters: () => ({ Parameters: [{ ...parameter, Type: 'Poem' }] }),
      },
      ids: [name],
    },
    action: 'ssm:GetParameters',
  });

  it.each(['SecureString', 'Poem'])(
    'never shows the value of a %s',
    async Type => {
      const context = contextWith({
        stacks,
        answers: {
          GetParameters: () => ({
            Parameters: [{ ...parameter, Type, Value: 's3cret' }],
          }),
        },
      });
      expect(JSON.stringify(await ssm.observe(context))).not.toContain(
        's3cret',
      );
    },
  );

  const valueOf = async (Name: string, Type = 'String') => {
    const context = contextWith({
      stacks: [stackWith([['AWS::SSM::Parameter', Name]])],
      answers: {
        GetParameters: () => ({ Parameters: [{ Name, Type, Value: 'v4lue' }] }),
      },
    });
    const observation = await ssm.observe(context);
    return JSON.stringify(observation).includes('v4lue');
  };

  it.each(parameterNames)('shows the value of %s', async each => {
    expect(await valueOf(`/data-lake/movielens/demo/${each}`)).toBe(true);
    expect(
      await valueOf(`/data-lake/movielens/demo/${each}`, 'SecureString'),
    ).toBe(false);
  });

  it.each([
    '/data-lake/movielens/demo/password',
    '/data-lake/movielens/demo/x/data-bucket',
    '/data-lake/movielens/demo/data-bucket/password',
    '/data-lake/movielens/demo/DATA-BUCKET',
    '/data-lake/movielens/prod/data-bucket',
    '/data-lake/payroll/demo/data-bucket',
    '/movielens/demo/data-bucket',
    'data-bucket',
    '/x/password',
  ])('tells of %s its name alone, which no contract has', async each => {
    expect(await valueOf(each)).toBe(false);
  });

  it('asks for ten at a time, without decryption', async () => {
    const names = Array.from({ length: 23 }, (_, i) => `/p/${i}`);
    const inputs: any[] = [];
    const context = contextWith({
      stacks: [stackWith(names.map(n => ['AWS::SSM::Parameter', n]))],
      answers: {
        GetParameters: input => {
          inputs.push(input);
          return {
            Parameters: input.Names.map((Name: string) => ({
              ...parameter,
              Name,
            })),
          };
        },
      },
    });
    const { resources } = await ssm.observe(context);
    expect(inputs.map(i => i.Names.length)).toEqual([10, 10, 3]);
    expect(inputs.some(i => i.WithDecryption)).toBe(false);
    expect(resources.map(r => r.id)).toEqual(names);
  });
});
