/**
 * Finds characters that parsers read differently, one line each: some end a line for YAML 1.1 and not
 * for YAML 1.2, and a reader of the text sees none of them.
 */
export function findUnreadable(text: string): string[] {
  const found = new Map<string, string>();
  for (const [char] of text.matchAll(unreadable)) {
    found.set(char, found.get(char) ?? describe(text, char));
  }
  return [...found.values()];
}

/**
 * Control characters except tab and line feed, a carriage return that ends no line, C1 controls with
 * U+0085, U+2028 and U+2029, the byte order mark, halves of a character, noncharacters, and U+FFFD.
 */
const unreadable =
  // eslint-disable-next-line no-control-regex
  /[\0-\b\v\f\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff]|\r(?!\n)|\p{Cs}/gu;

function describe(text: string, char: string): string {
  const code = char.codePointAt(0)!;
  const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const line = lineOf(text, text.indexOf(char));
  return code === 0xfffd
    ? `line ${line} has ${name}, which stands for bytes that are no UTF-8: save the file as UTF-8`
    : `line ${line} has the character ${name}, which parsers read differently: remove it`;
}

/** Returns the number of the line at an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; line++) {
    at = text.indexOf('\n', at + 1);
  }
  return line;
}
