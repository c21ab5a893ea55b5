import { asList, asObject } from '../../template/json';
import type { ReachScope } from './reachScope';

/**
 * Tells whether a condition leaves an action only resources with all the tags by which the rules know what belongs
 * to the stack's owner: those that have them, or new ones that get them.
 */
export function isLimitedByTags(
  condition: unknown,
  action: string,
  scope: ReachScope,
): boolean {
  const { StringEquals, StringEqualsIfExists } = asObject(condition);
  const has = (by: unknown, kind: string) => hasTags(by, kind, scope);
  if (has(StringEquals, 'ResourceTag')) return true;
  if (!has(StringEquals, 'RequestTag')) return false;
  return (
    /^[a-z0-9-]+:(Create|Run)[a-z]*$/i.test(action) ||
    has(StringEqualsIfExists, 'ResourceTag')
  );
}

function hasTags(
  equals: unknown,
  kind: string,
  { tags, reach: { ownTags = [] } }: ReachScope,
): boolean {
  const limited = Object.entries(asObject(equals)).flatMap(([key, value]) => {
    const [, of, tag] = /^[a-z0-9-]+:(\w+)\/(.+)$/.exec(key) ?? [];
    const values = asList(value);
    const isOwn =
      of === kind &&
      Object.hasOwn(tags, tag) &&
      values.length > 0 &&
      values.every(each => each === tags[tag]);
    return isOwn ? [tag] : [];
  });
  return ownTags.length > 0 && ownTags.every(tag => limited.includes(tag));
}
