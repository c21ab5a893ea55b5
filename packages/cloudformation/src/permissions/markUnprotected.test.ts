import { toDangerText } from '../change/findGates';
import { evaluateTemplate } from '../template/evaluateTemplate';
import { ResourceChange } from '../stack/resourceChange';
import { markUnprotected } from './markUnprotected';

const bucket = (policies: object, Type = 'AWS::S3::Bucket') =>
  evaluateTemplate({ Resources: { Data: { Type, ...policies } } }, {});

const mark = (
  before: object,
  after: object,
  changes: ResourceChange[] = [],
  type?: string,
) => markUnprotected(changes, bucket(before, type), bucket(after, type));

const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };

describe('markUnprotected', () => {
  it.each(['Retain', 'RetainExceptOnCreate', 'Snapshot'])(
    'tells that %s goes, though CloudFormation names no property',
    DeletionPolicy => {
      for (const after of [{}, { DeletionPolicy: 'Delete' }]) {
        const [change, ...others] = mark({ DeletionPolicy }, after);
        expect(others).toEqual([]);
        expect(change).toMatchObject({
          does: 'changed',
          properties: [{ path: 'DeletionPolicy', before: DeletionPolicy }],
          unprotected: true,
        });
        expect(toDangerText(change)).toMatch(
          /would lose its Retain policy: deleting it/,
        );
      }
    },
  );

  it('marks the change that the change set lists', () => {
    const change: ResourceChange = {
      logicalId: 'Data',
      type: 'AWS::S3::Bucket',
      physicalId: 'movies',
      does: 'changed',
      properties: [{ path: 'Tags' }],
      stateful: true,
    };
    const after = { ...kept, UpdateReplacePolicy: 'Delete' };
    expect(mark(kept, after, [change])).toEqual([
      {
        ...change,
        properties: [
          { path: 'Tags' },
          { path: 'UpdateReplacePolicy', before: 'Retain', after: 'Delete' },
        ],
        unprotected: true,
      },
    ]);
  });

  it('treats an unreadable policy as none', () => {
    const DeletionPolicy = { 'Fn::If': ['C', 'Retain', 'Delete'] };
    expect(mark(kept, { ...kept, DeletionPolicy })).toHaveLength(1);
  });

  it('ignores resources that keep their policy, had none, or hold no data', () => {
    expect(mark(kept, kept)).toEqual([]);
    expect(mark({}, { DeletionPolicy: 'Delete' })).toEqual([]);
    expect(mark(kept, {}, [], 'AWS::Lambda::Function')).toEqual([]);
    expect(
      mark(kept, { DeletionPolicy: 'Snapshot', UpdateReplacePolicy: 'Retain' }),
    ).toEqual([]);
  });
});
