import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { aStack, toOwnership } from '../__testUtils__';
import { planDeletion } from './planDeletion';

const entity = 'component:default/movielens';
const plan = (options: Partial<Parameters<typeof planDeletion>[0]> = {}) =>
  planDeletion({
    stackName: 'movielens-demo-foundations',
    stack: aStack(),
    ownership: toOwnership(entity),
    ...options,
  });

describe('planDeletion', () => {
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
          expect(plan({ stack, ownership: toOwnership(ours) })).toMatchObject({
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

  it('deletes a stack whose tag has the same entity ref in another case', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Component:default/MovieLens', entity.toUpperCase()),
        fc.boolean(),
        (mixed, isTag) => {
          const [theirs, ours] = isTag ? [mixed, entity] : [entity, mixed];
          const stack = aStack({ tags: { 'data-lake:entity': theirs } });
          expect(plan({ stack, ownership: toOwnership(ours) })).toEqual({
            do: 'delete',
            stackId: stack.id,
          });
        },
      ),
    );
  });

  it('respects termination protection, and does nothing if there is no stack', () => {
    const stack = aStack({ terminationProtection: true });
    expect(plan({ stack })).toMatchObject({
      do: 'refuse',
      reason: expect.stringContaining('termination protection'),
    });
    expect(plan({ stack: undefined })).toEqual({ do: 'nothing' });
  });
});
