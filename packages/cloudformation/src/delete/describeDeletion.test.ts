import { describeDeletion } from './describeDeletion';
import { StackDeletionPlan } from './planStackDeletion';

const plan: StackDeletionPlan = {
  stackName: 'lake',
  does: 'delete',
  status: 'CREATE_COMPLETE',
  goes: [{ logicalId: 'Raw', type: 'AWS::S3::Bucket', physicalId: 'raw' }],
  stays: [{ logicalId: 'Key', type: 'AWS::KMS::Key' }],
  fullBuckets: ['raw'],
};

describe('describeDeletion', () => {
  it('lists deleted and retained resources, and buckets with objects', () => {
    expect(describeDeletion(plan)).toEqual([
      'Deleting stack lake deletes 1 resource',
      '  - Raw (AWS::S3::Bucket, raw)',
      'Retained, to be deleted manually:',
      '  = Key (AWS::KMS::Key)',
      '  ! Bucket raw holds objects',
    ]);
  });

  it('says of which deleted resource a snapshot stays', () => {
    const goes = [
      {
        logicalId: 'Db',
        type: 'AWS::RDS::DBInstance',
        keepsSnapshot: true as const,
      },
    ];
    expect(describeDeletion({ ...plan, goes })).toContain(
      '  - Db (AWS::RDS::DBInstance), of which a snapshot stays',
    );
  });

  it('says that there is nothing to delete, or that a deletion is in progress', () => {
    expect(describeDeletion({ ...plan, does: 'nothing' })).toEqual([
      'Stack lake does not exist',
    ]);
    expect(describeDeletion({ ...plan, does: 'follow' })).toEqual([
      'Stack lake is already being deleted',
    ]);
  });
});
