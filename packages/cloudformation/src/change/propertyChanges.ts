import { PropertyChange, ResourceChange } from '../stack/resourceChange';
import { TemplateResource } from '../template/evaluateTemplate';
import { isText, toText } from '../template/json';
import { toReturnedValue } from '../template/returnedText';
import { mask } from '../template/secrets';

/**
 * Adds the values of changed properties before and after, as far as the templates contain them. Changed
 * properties that the change set does not list are added: for a replaced resource it lists only the
 * reasons.
 *
 * @param redact - masks the values of secrets in a text
 */
export function withPropertyValues(
  change: ResourceChange,
  before: TemplateResource | undefined,
  after: TemplateResource | undefined,
  redact: (text: string) => string,
): ResourceChange {
  if (!before || !after || change.does === 'removed') return change;
  const listed = new Map(change.properties.map(each => [each.path, each]));
  const names = new Set([
    ...listed.keys(),
    ...Object.keys(before.properties),
    ...Object.keys(after.properties),
  ]);
  const properties = [...names].sort().flatMap(name => {
    const found = listDifferences(
      ownValue(before.properties, name),
      ownValue(after.properties, name),
      [name],
    );
    const given = listed.get(name);
    if (found.length === 0) return given ?? [];
    const { replaces } = given ?? {};
    if (found.length > maxParts) return { path: name, replaces };
    return found.map(each => ({ ...toChange(each, redact), replaces }));
  });
  return { ...change, properties };
}

/** A name such as `toString` is no property of the resource. */
const ownValue = (properties: Record<string, unknown>, name: string) =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

/** A property that differs in more parts, such as a long definition, is listed without values. */
const maxParts = 20;

interface Difference {
  path: string[];
  before: unknown;
  after: unknown;
}

function listDifferences(
  before: unknown,
  after: unknown,
  path: string[],
): Difference[] {
  if (isSame(before, after)) return [];
  const [was, is] = [toParts(before), toParts(after)];
  const comparable =
    was && is && Array.isArray(before) === Array.isArray(after);
  if (!comparable) return [{ path, before, after }];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(key =>
    listDifferences(was.get(key), is.get(key), [...path, key]),
  );
}

/**
 * Compares as CloudFormation does, for which `10` and `"10"` are equal; large values are not serialized. What the
 * stack has is known only as GetTemplate returns it.
 */
function isSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  const isScalar = (value: unknown) =>
    value !== undefined && (typeof value !== 'object' || value === null);
  if (isScalar(before) && isScalar(after)) {
    const [was, is] = [String(before), String(after)];
    return was === is || was === toReturnedValue(is);
  }
  if (typeof before !== 'object' || typeof after !== 'object') return false;
  if (before === null || after === null) return false;
  if (Array.isArray(before) !== Array.isArray(after)) return false;
  const keys = Object.keys(before);
  return (
    keys.length === Object.keys(after).length &&
    keys.every(
      key =>
        Object.hasOwn(after, key) &&
        isSame((before as any)[key], (after as any)[key]),
    )
  );
}

/** Returns the parts of a value by key, name or number; undefined for a single value, such as a function. */
function toParts(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    return isFunction(value) ? undefined : new Map(Object.entries(value));
  }
  if (value.length === 0 || !value.every(isMap)) return undefined;
  const key = nameKeys.find(name => isNamedBy(value, name));
  return new Map(
    value.map((item, at) => [key ? String(item[key]) : String(at + 1), item]),
  );
}

/** The properties that identify the items of CloudFormation's lists. */
const nameKeys = ['PolicyName', 'Sid', 'Key', 'Name', 'Id', 'AttributeName'];

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !isFunction(value);

function isFunction(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && /^(Ref|Condition|Fn::.+)$/.test(keys[0]);
}

const isNamedBy = (items: Record<string, unknown>[], key: string) =>
  items.every(item => typeof item[key] === 'string') &&
  new Set(items.map(item => item[key])).size === items.length;

function toChange(
  { path, before, after }: Difference,
  redact: (text: string) => string,
): PropertyChange {
  const hidden = path.some(part => secretName.test(part));
  const write = (value: unknown) =>
    value === undefined ? undefined : toLine(veil(value, redact, hidden));
  return {
    path: path.map(part => oneLine(redact(part)).slice(0, 80)).join(' / '),
    ...(isSmall([before, after]) && shorten(write(before), write(after))),
  };
}

/** A secret in a template is visible to all readers of the repository; it is not shown to others. */
const secretName =
  /password|passwd|secret|token|credential|private_?key|api_?key/i;

/** Masks parts of a value that were given as a secret, and parts whose name suggests one. */
function veil(
  value: unknown,
  redact: (text: string) => string,
  hidden: boolean,
): unknown {
  if (Array.isArray(value)) {
    // a list of texts is given as one parameter value
    const whole = value.every(isText) ? value.join(',') : '';
    if (redact(whole) !== whole) return mask;
    return value.map(item => veil(item, redact, hidden));
  }
  if (typeof value !== 'object' || value === null) {
    if (hidden) return mask;
    return isText(value) ? redact(value) : value;
  }
  const named = Object.entries(value).some(
    ([key, item]) => nameKeys.includes(key) && secretName.test(String(item)),
  );
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      redact(key),
      // the name of a reference is no secret
      key === 'Ref' || key === 'Fn::GetAtt'
        ? item
        : veil(
            item,
            redact,
            hidden ||
              secretName.test(key) ||
              (named && !nameKeys.includes(key)),
          ),
    ]),
  );
}

/** A longer value would be serialized only to be cut. */
const maxCharacters = 100_000;

function isSmall(values: unknown[]): boolean {
  let left = maxCharacters;
  const open = [...values];
  while (open.length > 0 && left > 0) {
    const value = open.pop();
    left -= isText(value) ? value.length : 8;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, item] of Object.entries(value)) {
      left -= key.length;
      open.push(item);
      if (left <= 0) break;
    }
  }
  return left > 0;
}

/** Returns a value in one line: lists with commas, references as `${Name}`. */
function toLine(value: unknown): string {
  const items = Array.isArray(value) ? value : [value];
  return oneLine(items.map(item => toItem(item)).join(', ')) || '(empty)';
}

const oneLine = (text: string) =>
  text.replace(/\r?\n|[\p{Cc}\u2028\u2029]/gu, '⏎');

function toItem(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return !Array.isArray(value) && isFunction(value)
    ? toText(value)
    : JSON.stringify(value);
}

/** Shortens two long texts to the part around their first difference. */
function shorten(
  before: string | undefined,
  after: string | undefined,
): Pick<PropertyChange, 'before' | 'after'> {
  const [was, is] = [before ?? '', after ?? ''];
  const isLong = Math.max(was.length, is.length) > maxLength;
  let same = 0;
  while (isLong && same < was.length && was[same] === is[same]) same++;
  const from = isLong && before && after ? Math.max(0, same - 40) : 0;
  const cut = (text: string | undefined) =>
    text &&
    `${from > 0 ? '…' : ''}${text.slice(from, from + maxLength)}${
      text.length > from + maxLength ? '…' : ''
    }`;
  return { before: cut(before), after: cut(after) };
}

/** Of a value that is shown, in characters. */
const maxLength = 200;

/**
 * Describes a changed property in one line, such as `NumberOfWorkers: 10 → 14`.
 *
 * @public
 */
export function toPropertyText({
  path,
  before,
  after,
  replaces,
}: PropertyChange): string {
  const why = replaces ? ' (replaces it)' : '';
  if (before === undefined && after === undefined) return `${path}${why}`;
  return `${path}: ${before ?? '(none)'} → ${after ?? '(none)'}${why}`;
}
