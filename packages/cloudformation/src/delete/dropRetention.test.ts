import { aStack, toOwnership } from '../__testUtils__';
import { deployStack } from '../operation/deployStack';
import { dropRetention, readRetentionUpdate } from './dropRetention';
import {
  readStackTemplate,
  readStackTemplateText,
} from '../stack/stackTemplate';

jest.mock('../operation/deployStack');
jest.mock('../stack/stackTemplate');

const kept = (Type: string, Properties: object = {}) => ({
  Type,
  DeletionPolicy: 'Retain',
  Properties,
});

describe('dropRetention', () => {
  const options = {
    clients: {} as any,
    stackName: 'lake',
    ownership: toOwnership('component:default/movielens'),
    log: jest.fn(),
  };
  const content = {
    Resources: { Data: kept('AWS::SQS::Queue', { DelaySeconds: 5 }) },
  };
  const text = JSON.stringify(content).replace('5', '5.0');
  const drop = async () =>
    dropRetention(options, await readRetentionUpdate(options, aStack()));
  beforeEach(() => {
    jest.mocked(readStackTemplate).mockResolvedValue(content);
    jest.mocked(readStackTemplateText).mockResolvedValue(text);
    jest.mocked(deployStack).mockResolvedValue({ stackId: 'id' } as any);
  });

  it('deletes nothing if CloudFormation would still keep a resource', async () => {
    await expect(drop()).rejects.toThrow(
      /^Nothing of stack lake was deleted: Data would still outlive it/,
    );
  });

  it('has the stack keep its tags, its parameters and its types', async () => {
    jest.mocked(readStackTemplate).mockResolvedValue({ Resources: {} });
    await drop();
    const [{ spec }] = jest.mocked(deployStack).mock.calls.at(-1)!;
    expect(spec).toMatchObject({ parameters: {}, tags: aStack().tags });
    expect(spec.template.rules.allowedResourceTypes).toEqual([
      'AWS::SQS::Queue',
    ]);
    expect(spec.template.body).toBe(
      text
        .replace('Retain', 'Delete')
        .replace(
          '"DelaySeconds"',
          '"Tags": [{ "Key": "removable", "Value": "yes" }], $&',
        ),
    );
  });
});
