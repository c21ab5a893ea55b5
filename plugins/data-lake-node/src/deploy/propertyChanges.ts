import type { PropertyChange } from '@data-lake/plugin-data-lake-common';
import { canonical, ResolvedResource, toText } from './resolve';
import { ResourceChange } from './resourceChange';
import { mask } from './secrets';

/**
 * Tells what the properties that a change set names were and become, as far as the templates tell. What
 * differs and is not named is told too: a change set of a replaced resource names only why.
 *
 * @param redact - takes the values of secrets out of a text
 */
export function withValues(
  change: ResourceChange,
  before: ResolvedResource | undefined,
  after: ResolvedResource | undefined,
  redact: (text: string) => string,
): ResourceChange {
  if (!before || !after || change.does === 'removed') return change;
  const told = new Map(change.properties.map(each => [each.path, each]));
  const names = new Set([
    ...told.keys(),
    ...Object.keys(before.properties),
    ...Object.keys(after.properties),
  ]);
  const properties = [...names].sort().flatMap(name => {
    const found = listDifferences(
      before.properties[name],
      after.properties[name],
      [name],
    );
    const given = told.get(name);
    if (found.length === 0) return given ?? [];
    const { replaces } = given ?? {};
    if (found.length > maxParts) return { path: name, replaces };
    return found.map(each => ({ ...toChange(each, redact), replaces }));
  });
  return { ...change, properties };
}

/** A property that differs in more parts, such as a long definition, is named alone. */
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
  if (canonical(before) === canonical(after)) return [];
  const [was, is] = [toParts(before), toParts(after)];
  const comparable =
    was && is && Array.isArray(before) === Array.isArray(after);
  if (!comparable) return [{ path, before, after }];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(key =>
    listDifferences(was.get(key), is.get(key), [...path, key]),
  );
}

/** What is inside a value, by key, name or number; undefined of what is one value, such as a function. */
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

/** By which the members of lists are told apart in CloudFormation's properties. */
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
  const [was, is] = [before, after].map(value => {
    if (value === undefined) return undefined;
    return hidden ? mask : redact(toLine(value));
  });
  return { path: path.join(' / '), ...shorten(was, is) };
}

/** Whoever writes a secret into a template shows it to all who read the repository, but not to more. */
const secretName =
  /password|passwd|secret|token|credential|private_?key|api_?key/i;

/** Lists of values by commas, references as `${Name}`, and no line breaks. */
function toLine(value: unknown): string {
  const line = Array.isArray(value)
    ? value.map(item => toItem(item)).join(', ')
    : toItem(value);
  return line.replace(/\r?\n/g, '⏎');
}

function toItem(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (!Array.isArray(value) && isFunction(value)) return toText(value);
  return JSON.stringify(value, (key, item) =>
    secretName.test(key) ? mask : item,
  );
}

/** Two long texts from just before where they differ. */
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

/** Of a shown value, in characters. */
const maxLength = 200;

/**
 * A changed property in one line, such as `NumberOfWorkers: 10 → 14`.
 *
 * @public
 */
export function propertyText({
  path,
  before,
  after,
  replaces,
}: PropertyChange): string {
  const why = replaces ? ' (replaces it)' : '';
  if (before === undefined && after === undefined) return `${path}${why}`;
  return `${path}: ${before ?? '(none)'} → ${after ?? '(none)'}${why}`;
}
