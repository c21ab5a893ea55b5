import fc from 'fast-check';
import { toOwnership } from '../__testUtils__';
import { findDeletionGates } from './findDeletionGates';

const owned = toOwnership('component:default/movielens');

describe('findDeletionGates', () => {
  it('lets full buckets go only if it is allowed and the owner is known', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('raw', 'curated')),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (fullBuckets, emptyBuckets, removeData, isOwned) => {
          const ownership = isOwned ? owned : toOwnership(undefined);
          const gates = findDeletionGates(
            { fullBuckets },
            { emptyBuckets, removeData, ownership },
          );
          const isOpen =
            fullBuckets.length === 0 ||
            ((emptyBuckets || removeData) && isOwned);
          expect(gates).toHaveLength(isOpen ? 0 : 1);
        },
      ),
    );
  });

  it('names the buckets, and the input that allows it', () => {
    expect(
      findDeletionGates({ fullBuckets: ['raw'] }, { ownership: owned }),
    ).toEqual([
      'raw would be deleted but holds objects. Save what you need, then empty it, or set emptyBuckets: true',
    ]);
  });
});
