/** Helpers for JSON of unknown shape, such as templates and policies. @public */
export type Json = Record<string, unknown>;

/** Returns the value if it is an object, else an empty object. @public */
export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};

/** Returns the value as a list: a single value is a list of one, as in policies. @public */
export const asList = (value: unknown): unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

/** Returns the values one level below an object or a list. */
export function childrenOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null
    ? Object.values(value)
    : [];
}

/** Tells whether a value is text: a template may hold any value in place of a name. */
export const isText = (value: unknown): value is string =>
  typeof value === 'string';

/**
 * Returns a value as text. References are written as `${Name}`, so that the text around them can be
 * compared; other values are written as `${…}` too, without wildcards.
 */
export function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1) {
    if (name === 'Ref') return `\${${toText(argument)}}`;
    if (name === 'Fn::GetAtt') {
      return `\${${asList(argument).map(toText).join('.')}}`;
    }
    if (name === 'Fn::Sub' && isText(argument)) return argument;
    if (name === 'Fn::Join' && asList(argument)[0] === '') {
      return asList(asList(argument)[1]).map(toText).join('');
    }
  }
  return `\${${toCanonicalJson(value).replace(/[*?]/g, encodeURIComponent)}}`;
}

/** Returns the same text for the same value, whatever the order of its keys. */
export function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}
