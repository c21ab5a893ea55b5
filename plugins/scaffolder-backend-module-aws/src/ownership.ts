import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { AllowedReach, joinReach } from '@data-lake/cloudformation';

/** Keys of the tags that tell to which entity and which owner a stack or bucket belongs. @public */
export interface OwnershipTags {
  /** Tag with the ref of a catalog entity, such as `component:default/alerts`. */
  entity: string;
  /** Tag with the ref of a group or user, such as `group:default/platform`. */
  owner: string;
}

/** Tags and names that no template may give to what is not its stack's. @public */
export type Reserved = Pick<
  AllowedReach,
  'reservedTags' | 'reservedParameters'
>;

/** Takes what tells in other modules whose something is. @public */
export interface AwsOwnershipExtensionPoint {
  /** Adds tags that every action of this module respects, beside its own. */
  addTags(...tags: OwnershipTags[]): void;
  /** Adds what templates of the generic actions may use of others by permission only. */
  addReserved(...reserved: Reserved[]): void;
}

/**
 * Lets a module whose stacks carry tags of its own protect them from the generic actions.
 *
 * @public
 */
export const awsOwnershipExtensionPoint =
  createExtensionPoint<AwsOwnershipExtensionPoint>({
    id: 'scaffolder.aws-ownership',
  });

/** The tags of this module. @public */
export const defaultOwnershipTags: OwnershipTags = {
  entity: 'backstage:entity',
  owner: 'backstage:owner',
};

/** Lists the owners that the tags of a request name; an empty one is an owner that no caller belongs to. */
export function listOwners(
  ownership: readonly OwnershipTags[],
  tags: Readonly<Record<string, string>> = {},
): string[] {
  return ownership
    .filter(({ owner }) => Object.hasOwn(tags, owner))
    .map(({ owner }) => tags[owner]);
}

/** Reserves the tags of this module, and of those that add to it, beside what they reserve. */
export const toReserved = (
  ownership: readonly OwnershipTags[],
  others: readonly Reserved[],
): AllowedReach =>
  joinReach(
    { reservedTags: ownership.flatMap(({ entity, owner }) => [entity, owner]) },
    ...others,
  );
