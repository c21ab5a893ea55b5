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
});
