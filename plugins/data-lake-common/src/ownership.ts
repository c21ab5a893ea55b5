import { tagKeys } from './names';

/**
 * Whether a stack, bucket or other resource belongs to an entity, by its tag `data-lake:entity`.
 * A resource without the tag belongs to no entity.
 *
 * @public
 */
export function isOwnedBy(
  tags: Readonly<Record<string, string>>,
  entityRef: string,
): boolean {
  const owner = tags[tagKeys.entity];
  return owner !== undefined && isSameRef(owner, entityRef);
}

/** Whether two entity refs name the same entity; the catalog compares them without regard to case. @public */
export function isSameRef(a: string, b: string): boolean {
  return normalizeRef(a) === normalizeRef(b);
}

/** `Component:default/MovieLens` → `component:default/movielens` @public */
export function normalizeRef(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}

/**
 * Returns the tags that say whose a stack of a data lake is, as the CloudFormation engine takes them: the
 * stack must belong to the entity (without an entity: to none).
 *
 * @public
 */
export function toOwnership(entityRef: string | undefined): OwnershipTags {
  return [{ key: tagKeys.entity, value: entityRef }];
}

/** @public */
export type OwnershipTags = { key: string; value: string | undefined }[];
