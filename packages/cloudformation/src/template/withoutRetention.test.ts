import { stringify } from 'yaml';
import { parseTemplateText } from './templateText';
import { withoutRetention } from './withoutRetention';

const kept = (Type: string, Properties: object = {}) => ({
  Type,
  DeletionPolicy: 'Retain',
  Properties,
});
const key = 'data-lake:removable';
const tag = { Key: key, Value: 'yes' };
const drop = (text: string) => withoutRetention(text, key);

describe('withoutRetention', () => {
  const Resources = {
    Data: kept('AWS::S3::Bucket', { Tags: [{ Key: 'a', Value: 'b' }] }),
    Empty: kept('AWS::S3::Bucket', { Tags: [] }),
    Again: kept('AWS::S3::Bucket', { Tags: [{ Key: 'a' }, { Key: key }] }),
    // a map of tags, and none at all
    Pointer: kept('AWS::SSM::Parameter', { Tags: { a: 'b' } }),
    Table: kept('AWS::Glue::Table'),
    Topic: { Type: 'AWS::SNS::Topic' },
    Volume: { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Snapshot' },
    Database: { Type: 'AWS::RDS::DBCluster' },
    Keys: kept('AWS::KMS::Key', { Tags: { 'Fn::If': ['C', [], []] } }),
  };
  const dropped = {
    Description: 'd',
    Resources: {
      Data: {
        Type: 'AWS::S3::Bucket',
        DeletionPolicy: 'Delete',
        Properties: { Tags: [tag, { Key: 'a', Value: 'b' }] },
      },
      Empty: {
        ...Resources.Empty,
        DeletionPolicy: 'Delete',
        Properties: { Tags: [tag] },
      },
      Again: {
        ...Resources.Again,
        DeletionPolicy: 'Delete',
        Properties: { Tags: [{ Key: 'a' }, tag] },
      },
      Pointer: { ...Resources.Pointer, DeletionPolicy: 'Delete' },
      Table: { ...Resources.Table, DeletionPolicy: 'Delete' },
      Topic: Resources.Topic,
      Volume: { ...Resources.Volume, DeletionPolicy: 'Delete' },
      Database: {
        ...Resources.Database,
        DeletionPolicy: 'Delete',
        Properties: { Tags: [tag] },
      },
      Keys: { ...Resources.Keys, DeletionPolicy: 'Delete' },
    },
  };
  const given = { Description: 'd', Resources };

  it.each([
    ['JSON', JSON.stringify(given)],
    ['JSON on lines', JSON.stringify(given, null, 2)],
    ['YAML', stringify(given)],
    [
      'YAML in flow',
      `Description: d\nResources: ${JSON.stringify(Resources)}\n`,
    ],
    ['YAML with CRLF', stringify(given).replaceAll('\n', '\r\n')],
  ])(
    'drops the retention, and adds a tag if the type has a list of tags: %s',
    (_format, text) => {
      const { body, content } = drop(text);
      expect(content).toEqual(dropped);
      expect(parseTemplateText(body).content).toEqual(dropped);
      // a second try sends the same
      expect(drop(body).body).toBe(body);
    },
  );

  it.each([
    [
      '{"Resources": {"J": {"Type": "AWS::Glue::Job", "Properties": {"GlueVersion": 4.0, "Timeout": 1e2, "Max": 9007199254740993}}, "Q": {"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain", "Properties": {"DelaySeconds": 5.0}}}}\n',
      '{"Resources": {"J": {"Type": "AWS::Glue::Job", "Properties": {"GlueVersion": 4.0, "Timeout": 1e2, "Max": 9007199254740993}}, "Q": {"Type": "AWS::SQS::Queue", "DeletionPolicy": "Delete", "Properties": {"Tags": [{ "Key": "data-lake:removable", "Value": "yes" }], "DelaySeconds": 5.0}}}}\n',
    ],
    [
      'Resources:\n  Q: # why\n    Type: AWS::SQS::Queue\n    DeletionPolicy: Retain # why\n    Properties:\n      DelaySeconds: 5.0\n      QueueName: !Sub "q-${A}"\n      Tags:\n        - Key: !Ref A\n          Value: b\n',
      'Resources:\n  Q: # why\n    Type: AWS::SQS::Queue\n    DeletionPolicy: "Delete" # why\n    Properties:\n      DelaySeconds: 5.0\n      QueueName: !Sub "q-${A}"\n      Tags:\n        - { Key: "data-lake:removable", Value: "yes" }\n        - Key: !Ref A\n          Value: b\n',
    ],
  ])('keeps every other character: %j', (text, expected) => {
    expect(drop(text).body).toBe(expected);
  });

  it('refuses a text that leaves no place for the changes, or has two readings', () => {
    const queue = 'Resources:\n  Q:\n    Type: AWS::SQS::Queue\n';
    const retained = `${queue}    DeletionPolicy: Retain\n`;
    expect(() => drop(`${retained}    Properties:\n`)).toThrow(
      /^The deletion policies of Q cannot be changed as they are written/,
    );
    expect(() => drop(`${retained}    Metadata: yes\n`)).toThrow(
      /read in more than one way: line 5/,
    );
  });
});
