import { aStack } from '../__testUtils__';
import { deployStack } from '../operation/deployStack';
import { letDataGo, readLastUpdate, toRemovable } from './dropRetention';
import { findStack } from '../stack/stack';
import { readStackTemplate } from '../stack/stackTemplate';

jest.mock('../operation/deployStack');
jest.mock('../stack/stack');
jest.mock('../stack/stackTemplate');

const kept = (Type: string, Properties: object = {}) => ({
  Type,
  DeletionPolicy: 'Retain',
  Properties,
});

describe('toRemovable', () => {
  it('lets what stays go, with a tag where the type has a list of them', () => {
    const Resources = {
      Data: kept('AWS::S3::Bucket', { Tags: [{ Key: 'a', Value: 'b' }] }),
      // a map of tags, and none at all
      Pointer: kept('AWS::SSM::Parameter', { Tags: { a: 'b' } }),
      Table: kept('AWS::Glue::Table'),
      Topic: { Type: 'AWS::SNS::Topic' },
      Keys: kept('AWS::KMS::Key', { Tags: { 'Fn::If': ['C', [], []] } }),
    };
    expect(toRemovable({ Description: 'd', Resources })).toEqual({
      Description: 'd',
      Resources: {
        Data: {
          Type: 'AWS::S3::Bucket',
          DeletionPolicy: 'Delete',
          Properties: {
            Tags: [
              { Key: 'a', Value: 'b' },
              { Key: 'data-lake:removable', Value: 'yes' },
            ],
          },
        },
        Pointer: { ...Resources.Pointer, DeletionPolicy: 'Delete' },
        Table: { ...Resources.Table, DeletionPolicy: 'Delete' },
        Topic: Resources.Topic,
        Keys: { ...Resources.Keys, DeletionPolicy: 'Delete' },
      },
    });
  });
});

describe('letDataGo', () => {
  const options = { clients: {} as any, stackName: 'lake', log: jest.fn() };
  const content = { Resources: { Data: kept('AWS::SQS::Queue') } };
  const letGo = async () => letDataGo(options, await readLastUpdate(options));
  beforeEach(() => {
    jest.mocked(findStack).mockResolvedValue(aStack());
    jest.mocked(readStackTemplate).mockResolvedValue(content);
    jest.mocked(deployStack).mockResolvedValue({ stackId: 'id' } as any);
  });

  it('deletes nothing where CloudFormation would still keep something', async () => {
    await expect(letGo()).rejects.toThrow(
      /^Nothing of stack lake was deleted: Data would still outlive it/,
    );
  });

  it('has the stack keep its tags, its parameters and its types', async () => {
    jest
      .mocked(readStackTemplate)
      .mockResolvedValueOnce(content)
      .mockResolvedValueOnce(toRemovable(content));
    await letGo();
    const [{ request }] = jest.mocked(deployStack).mock.calls.at(-1)!;
    expect(request).toMatchObject({ parameters: {}, tags: aStack().tags });
    expect(request.template.rules.allowedResourceTypes).toEqual([
      'AWS::SQS::Queue',
    ]);
  });
});
