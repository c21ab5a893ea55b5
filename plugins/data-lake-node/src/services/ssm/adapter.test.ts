import { contextWith, stackWith } from '../__testUtils__/context';
import { describeContract } from '../__testUtils__/contract';
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
