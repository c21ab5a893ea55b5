import { splitByRetention } from './splitByRetention';

const resource = (logicalId: string) => ({
  logicalId,
  type: 'AWS::S3::Bucket',
});

describe('splitByRetention', () => {
  it('separates deleted from retained resources', () => {
    const template = {
      Resources: {
        A: { DeletionPolicy: 'Retain' },
        B: { DeletionPolicy: 'RetainExceptOnCreate' },
        C: { DeletionPolicy: 'Delete' },
      },
    };
    const resources = ['A', 'B', 'C', 'Gone'].map(resource);
    expect(splitByRetention(resources, template)).toEqual({
      goes: [resource('C'), resource('Gone')],
      stays: [resource('A'), resource('B')],
    });
  });

  it('says of which deleted resources AWS keeps a snapshot', () => {
    const template = {
      Resources: {
        Volume: { Type: 'AWS::EC2::Volume', DeletionPolicy: 'Snapshot' },
        Cluster: { Type: 'AWS::RDS::DBCluster' },
        Database: { Type: 'AWS::RDS::DBInstance' },
        Member: {
          Type: 'AWS::RDS::DBInstance',
          Properties: { DBClusterIdentifier: { Ref: 'Cluster' } },
        },
        Dropped: { Type: 'AWS::RDS::DBCluster', DeletionPolicy: 'Delete' },
      },
    };
    const resources = Object.keys(template.Resources).map(resource);
    const { goes, stays } = splitByRetention(resources, template);
    expect(stays).toEqual([]);
    expect(
      goes.map(({ logicalId, keepsSnapshot = false }) => [
        logicalId,
        keepsSnapshot,
      ]),
    ).toEqual([
      ['Volume', true],
      ['Cluster', true],
      ['Database', true],
      ['Member', false],
      ['Dropped', false],
    ]);
  });
});
