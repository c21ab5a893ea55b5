import { isSameRef } from '@data-lake/aws';
import { StackState } from './stack';

/**
 * A tag that says whose a stack is. Values are compared without regard to case, as entity refs are.
 *
 * @public
 */
export interface OwnershipTag {
  key: string;
  /** The stack must have this value; undefined: it must not have the tag. */
  value: string | undefined;
}

/** A tag of a stack that says that it belongs to another owner. */
export interface ForeignTag {
  key: string;
  /** Absent if the stack does not have the tag. */
  actual?: string;
  expected?: string;
}

/** Lists the ownership tags that a stack does not match. */
export function listForeignTags(
  { tags }: Pick<StackState, 'tags'>,
  ownership: readonly OwnershipTag[],
): ForeignTag[] {
  return ownership
    .map(({ key, value }) => ({ key, actual: tags[key], expected: value }))
    .filter(({ actual, expected }) => !isSameValue(actual, expected));
}

/** Lists the ownership tags that a stack must have, with their values. */
export function listRequiredTags(
  ownership: readonly OwnershipTag[],
): { key: string; value: string }[] {
  return ownership.flatMap(({ key, value }) =>
    value === undefined ? [] : [{ key, value }],
  );
}

/**
 * Returns the tags that a stack keeps, since the specification does not name them: a change set takes those
 * that it is not given from the stack and from all its resources.
 */
export function toKeptTags(
  spec: { tags: Record<string, string> },
  stack: Pick<StackState, 'tags'>,
): Record<string, string> {
  const kept = Object.entries(stack.tags).filter(
    // AWS's own tags cannot be given
    ([key]) => !Object.hasOwn(spec.tags, key) && !/^aws:/i.test(key),
  );
  return Object.fromEntries(kept);
}

const isSameValue = (a: string | undefined, b: string | undefined) =>
  a === undefined || b === undefined ? a === b : isSameRef(a, b);
