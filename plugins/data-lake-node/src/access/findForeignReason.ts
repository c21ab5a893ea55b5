import {
  isOwnedBy,
  isSameRef,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';

/**
 * Finds the reason why a stack is not the entity's; undefined if it is. Its tags alone tell: anyone may name
 * any stack in an annotation, and may register an entity again under the name of another one.
 *
 * @param claim - `owner`: the entity's owner, as the catalog has it
 */
export function findForeignReason(
  tags: Readonly<Record<string, string>>,
  claim: { entityRef: string; owner?: string },
): string | undefined {
  const { entityRef, owner } = claim;
  if (!isOwnedBy(tags, entityRef)) {
    const entity = tags[tagKeys.entity];
    const whose = entity
      ? `the stack belongs to ${entity}`
      : 'the stack belongs to no entity';
    return `${whose}. Its tag ${tagKeys.entity} must be ${entityRef}`;
  }
  const stackOwner = tags[tagKeys.owner];
  if (!stackOwner || (owner && isSameRef(stackOwner, owner))) return undefined;
  return `the stack belongs to ${stackOwner} by its tag ${
    tagKeys.owner
  }, and ${entityRef} to ${
    owner ?? 'nobody'
  }. If the tag is out of date, have it changed in AWS`;
}
