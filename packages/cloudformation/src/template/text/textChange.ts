/** A value to set in a template: at a path, or as the first item of the list at a path. */
export type TextChange =
  | { path: readonly string[]; to: unknown }
  | { path: readonly string[]; first: unknown };

/** A text to put in place of a range of another. */
export interface Edit {
  at: number;
  /** Optional, default 0: the text is inserted. */
  length?: number;
  text: string;
}

/** Applies edits to a text; every other character stays. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let [result, from] = ['', 0];
  for (const edit of [...edits].sort((a, b) => a.at - b.at)) {
    result += text.slice(from, edit.at) + edit.text;
    from = edit.at + (edit.length ?? 0);
  }
  return result + text.slice(from);
}

/** Returns the value that stands in the text: of what a path lacks, the part below its first missing key. */
export const toMissing = (rest: readonly string[], value: unknown): unknown =>
  rest.slice(1).reduceRight((inner, key) => ({ [key]: inner }), value);

/** Writes a value on one line, with the keys as the format writes them. */
export function toFlowText(
  value: unknown,
  toKey: (key: string) => string,
): string {
  if (Array.isArray(value)) {
    return `[${value.map(item => toFlowText(item, toKey)).join(', ')}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([key, each]) => `${toKey(key)}: ${toFlowText(each, toKey)}`,
  );
  return `{ ${entries.join(', ')} }`;
}
