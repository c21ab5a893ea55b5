import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { aStack } from '../__testUtils__';
import { planDeletion } from './planDeletion';

const entity = 'component:default/movielens';
const resource = (logicalId: string) => ({
  logicalId,
  type: 'AWS::S3::Bucket',
});
const plan = (options: Partial<Parameters<typeof planDeletion>[0]> = {}) =>
  planDeletion({
    stackName: 'movielens-demo-foundations',
    stack: aStack(),
    entity,
    resources: ['A', 'B', 'C', 'Gone'].map(resource),
    template: {
      Resources: {
        A: { DeletionPolicy: 'Retain' },
        B: { DeletionPolicy: 'RetainExceptOnCreate' },
        C: { DeletionPolicy: 'Delete' },
      },
    },
    ...options,
  });

describe('planDeletion', () => {
  it('tells what goes and what stays', () => {
    expect(plan()).toEqual({
      do: 'delete',
      stackId: aStack().id,
      goes: [resource('C'), resource('Gone')],
      stays: [resource('A'), resource('B')],
    });
  });

  it("never deletes another entity's stack, in whatever state", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(StackStatus)),
        fc.constantFrom('component:default/other', undefined),
        fc.constantFrom(entity, undefined),
        (status, theirs, ours) => {
          fc.pre(theirs !== ours);
          const tags: Record<string, string> = theirs
            ? { 'data-lake:entity': theirs }
            : {};
          const stack = aStack({ status, tags });
          expect(plan({ stack, entity: ours })).toMatchObject({
            do: 'refuse',
            reason: expect.stringContaining('belongs to'),
          });
        },
      ),
    );
  });

  it.each([
    ['UPDATE_IN_PROGRESS', 'refuse'],
    ['DELETE_IN_PROGRESS', 'follow'],
    ['REVIEW_IN_PROGRESS', 'delete'],
    ['DELETE_FAILED', 'delete'],
    ['ROLLBACK_COMPLETE', 'delete'],
  ] as const)('meets %s with %s', (status, does) => {
    expect(plan({ stack: aStack({ status }) })).toMatchObject({ do: does });
  });

  it('respects termination protection, and does nothing where nothing is', () => {
    const stack = aStack({ terminationProtection: true });
    expect(plan({ stack })).toMatchObject({
      do: 'refuse',
      reason: expect.stringContaining('termination protection'),
    });
    expect(plan({ stack: undefined })).toEqual({ do: 'nothing' });
  });
});
