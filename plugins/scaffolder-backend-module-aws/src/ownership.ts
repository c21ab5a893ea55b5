import { createExtensionPoint } from '@backstage/backend-plugin-api';

/** Keys of the tags that tell to which entity and which owner a stack or bucket belongs. @public */
export interface OwnershipTags {
  /** Tag with the ref of a catalog entity, such as `component:default/alerts`. */
  entity: string;
  /** Tag with the ref of a group or user, such as `group:default/platform`. */
  owner: string;
}

/** Takes the ownership tags of other modules. @public */
export interface AwsOwnershipExtensionPoint {
  /** Adds tags that every action of this module respects, beside its own. */
  addTags(...tags: OwnershipTags[]): void;
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
