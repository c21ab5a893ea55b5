import { listRequiredTags, OwnershipTag } from '../stack/ownership';
import { StackDeletionPlan } from './planStackDeletion';

/** The gates of a deletion that a caller can open. @public */
export interface DeletionAllowances {
  /** Delete all objects of buckets that are deleted, if the buckets have the owner's tags. */
  emptyBuckets?: boolean;
  /** Also delete the resources that would outlive the stack; includes `emptyBuckets`. */
  removeData?: boolean;
}

/**
 * Lists the reasons why a planned deletion may not be applied, with what would allow it; empty if it may.
 *
 * @public
 */
export function findDeletionGates(
  { fullBuckets }: Pick<StackDeletionPlan, 'fullBuckets'>,
  options: DeletionAllowances & { ownership: readonly OwnershipTag[] },
): string[] {
  if (fullBuckets.length === 0) return [];
  const hasOwner = listRequiredTags(options.ownership).length > 0;
  if ((options.emptyBuckets || options.removeData) && hasOwner) return [];
  return [
    `${fullBuckets.join(
      ', ',
    )} would be deleted but holds objects. Save what you need, then empty it, or set emptyBuckets: true${
      hasOwner ? '' : ' and name the owner of the stack'
    }`,
  ];
}
