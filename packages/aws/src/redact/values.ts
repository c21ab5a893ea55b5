/** Where a value starts, and what ends it. */
export interface ValueStart {
  from: number;
  /** The quote around it, with its backslashes: `\"` in a JSON text inside JSON. Absent: unquoted. */
  quote?: { backslashes: number; mark: string };
  isTag: boolean;
}

/** Separators between a name and its value, closed quotes of the name before them. */
const pair = /\\{0,16}["'`]?\s{0,20}(?:=>|->|:=|=(?!=)|:(?!:|\/\/))\s{0,20}/y;
/** `--name value`, `"--name", "value"` */
const option = /\\{0,16}["'`]?\s{0,20},?\s{0,20}(?=[^\s,=:-])/y;
const opening = /(?:[bru]{1,2}(?=["']))?(\\{0,16})(["'`])/iy;
/** `Authorization: Bearer abc` */
const scheme = /(?:Bearer|Basic|Digest|Token|AWS4-HMAC-SHA256)\s{1,8}/iy;

/** Finds the value after a name that ends at `at`; undefined if none follows. */
export function findValueStart(
  text: string,
  options: { at: number; isFlag: boolean; isTag: boolean },
): ValueStart | undefined {
  const { at, isFlag } = options;
  if (options.isTag && text[at] === '>') return { from: at + 1, isTag: true };
  const separated =
    match(pair, text, at) ?? (isFlag ? match(option, text, at) : undefined);
  if (!separated || (isFlag && separated[0] === '')) return undefined;
  const from = at + separated[0].length;
  const quoted = match(opening, text, from);
  const inside = from + (quoted?.[0].length ?? 0);
  const skipped = match(scheme, text, inside)?.[0].length ?? 0;
  return {
    from: inside + skipped,
    isTag: false,
    quote: quoted && { backslashes: quoted[1].length, mark: quoted[2] },
  };
}

/** Finds the end of a value; the end of the text if it was cut. */
export function findValueEnd(text: string, start: ValueStart): number {
  const { from, quote, isTag } = start;
  if (isTag) return findOr(text, '<', from);
  if (quote) return findClosingQuote(text, from, quote);
  if (text[from] === '{' || text[from] === '[') {
    return findClosingBracket(text, from);
  }
  return findWordEnd(text, from);
}

function findOr(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}

/** A quote inside the value has more backslashes than the one that opened it. */
function findClosingQuote(
  text: string,
  from: number,
  { backslashes, mark }: { backslashes: number; mark: string },
): number {
  let before = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === mark && before <= backslashes) return at - before;
    before = text[at] === '\\' ? before + 1 : 0;
  }
  return text.length;
}

/** Strings inside are not told apart: a bracket in one ends the value too late, never too soon by a quote. */
function findClosingBracket(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{' || text[at] === '[') depth += 1;
    if (text[at] === '}' || text[at] === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

const ends = /[\s"'`<>]/;
/** The next name of a query, a connection string or a list. */
const next =
  /(?:&amp;|[,;&])\s{0,4}\\{0,16}["']?[A-Za-z_][\w.-]{0,63}\\{0,16}["']?\s{0,4}[:=]/y;

function findWordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !ends.test(text[at])) {
    if (',;&'.includes(text[at]) && match(next, text, at)) break;
    at += 1;
  }
  while (at > from && ')]},;.\\'.includes(text[at - 1])) at -= 1;
  return at;
}

function match(
  sticky: RegExp,
  text: string,
  at: number,
): RegExpExecArray | undefined {
  sticky.lastIndex = at;
  return sticky.exec(text) ?? undefined;
}
