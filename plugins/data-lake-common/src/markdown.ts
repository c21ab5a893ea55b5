/**
 * Writes a text that is not ours as a code span of Markdown: on one line, where nothing in it is markup, a link or a
 * mention. A character that would not be seen is written as its escape, such as `\u{202e}`.
 *
 * @see https://spec.commonmark.org/0.31.2/#code-spans
 * @public
 */
export function toCodeSpan(text: string): string {
  const line = text.replace(unseen, toEscape) || ' ';
  const runs = (line.match(/`+/g) ?? []).map(({ length }) => length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  // of a span that begins and ends with a space, one of each is not shown
  const isPadded = /^`|`$|^ .*[^ ].* $/.test(line);
  return isPadded ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** Line ends, controls, marks of direction, fillers, and all spaces except the usual one. */
const unseen = /(?! )[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

const short: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const toEscape = (character: string) =>
  short[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
