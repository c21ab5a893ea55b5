import { TemplateResource } from '../../template/evaluateTemplate';
import { asObject, isText, toText } from '../../template/json';
import { isFunction } from '../grants/grant';
import { matches } from '../findUncovered';
import { branchesOf, ReachScope } from './reachScope';

/**
 * Lists the tags by which a resource says that it belongs to others than its stack, one line each: a tag of its own
 * takes precedence over the stack's.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function listTagReach(
  { properties }: TemplateResource,
  { tags, reach: { reservedTags = [] } }: ReachScope,
): string[] {
  if (reservedTags.length === 0) return [];
  const isReserved = (key: string) =>
    reservedTags.some(each => matches(each.toLowerCase(), key.toLowerCase()));
  const wrong = listTags(properties)
    .filter(
      ({ key, value }) =>
        key === undefined ||
        (isReserved(key) && !(Object.hasOwn(tags, key) && tags[key] === value)),
    )
    .map(({ key, value }) =>
      key === undefined
        ? 'has tags that only CloudFormation knows'
        : `has the tag ${key} ${toText(value)}, which its stack has not`,
    );
  return [...new Set(wrong)];
}

/** A tag; without a key if only CloudFormation knows it. */
interface Tag {
  key?: string;
  value?: unknown;
}

/** Lists the tags in properties whose names end in `Tags`, at any depth. */
function listTags(properties: Record<string, unknown>): Tag[] {
  const found: Tag[] = [];
  let level: [string, unknown][] = Object.entries(properties);
  while (level.length > 0) {
    for (const [name, value] of level) {
      if (/Tags$/.test(name)) found.push(...branchesOf(value).flatMap(toTags));
    }
    level = level.flatMap(([, value]) =>
      typeof value === 'object' ? Object.entries(value ?? {}) : [],
    );
  }
  return found;
}

/** Reads an entry of a list, or a whole map, in which `Key` may be the name of a tag too. */
function toTags(value: unknown): Tag[] {
  if (isFunction(value)) return [{}];
  const map = asObject(value);
  const named = Object.entries(map).map(([key, of]) => ({ key, value: of }));
  const listed = branchesOf(map.Key).flatMap(key => {
    const values = branchesOf(map.Value);
    return isText(key)
      ? (values.length > 0 ? values : ['']).map(of => ({ key, value: of }))
      : [{}];
  });
  return [...named, ...listed];
}
