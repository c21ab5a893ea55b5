import { withoutRetention } from './withoutRetention';

const kept = (Type: string, Properties: object = {}) => ({
  Type,
  DeletionPolicy: 'Retain',
  Properties,
});

describe('withoutRetention', () => {
  it('drops the retention, and adds a tag if the type has a list of tags', () => {
    const Resources = {
      Data: kept('AWS::S3::Bucket', { Tags: [{ Key: 'a', Value: 'b' }] }),
      // a map of tags, and none at all
      Pointer: kept('AWS::SSM::Parameter', { Tags: { a: 'b' } }),
      Table: kept('AWS::Glue::Table'),
      Topic: { Type: 'AWS::SNS::Topic' },
      Volume: { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Snapshot' },
      Database: { Type: 'AWS::RDS::DBCluster' },
      Keys: kept('AWS::KMS::Key', { Tags: { 'Fn::If': ['C', [], []] } }),
    };
    expect(
      withoutRetention({ Description: 'd', Resources }, 'data-lake:removable'),
    ).toEqual({
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
        Volume: { ...Resources.Volume, DeletionPolicy: 'Delete' },
        Database: {
          ...Resources.Database,
          DeletionPolicy: 'Delete',
          Properties: { Tags: [{ Key: 'data-lake:removable', Value: 'yes' }] },
        },
        Keys: { ...Resources.Keys, DeletionPolicy: 'Delete' },
      },
    });
  });
});
