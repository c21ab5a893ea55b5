/** Where a value starts, and what ends it. */
export interface ValueStart {
  from: number;
  /** The quote around it, with its backslashes: `\"` in a JSON text inside JSON. Absent: unquoted. */
  quote?: { backslashes: number; mark: string };
  kind: 'value' | 'tag' | 'block';
  /** Where the name before it ends. */
  nameEnd: number;
  /** Whether it may also be a sentence about the name: `password: must not be empty`. */
  isStated?: boolean;
  /** Whether it may also be the next of a list of names: `("password", "user")`. */
  isListed?: boolean;
}

/** Separators between a name and its value, closed quotes of the name before them. */
const pair =
  /\\{0,16}["'`]?\]?\s{0,20}(?:=>|->|:=|=(?!=)|:(?!:|\/\/))\s{0,20}/y;
/** `--name value`, `"--name", "value"` */
const option = /\\{0,16}["'`]?\s{0,20},?\s{0,20}(?=[^\s,=:-])/y;
/** `("name", "value")`, with the quote before the name seen already */
const next = /(\\{0,16}["'`])\s{0,20},\s{0,20}(?=\\{0,16}["'`])/y;
const opening = /(?:[bru]{1,2}(?=["']))?(\\{0,16})(["'`])/iy;
/** `Authorization: Bearer abc` */
const scheme = /(?:Bearer|Basic|Digest|Token|AWS4-HMAC-SHA256)\s{1,8}/iy;
/** `name: str = "value"` */
const type = /[A-Za-z_][\w.[\]|?]{0,60}\s{0,4}=\s{0,4}(?=[bru]?\\{0,16}["'])/iy;
/** `name: |` of YAML */
const block = /[|>][+-]?\d?[ \t]{0,20}\r?\n[ \t]{1,80}/y;

/** `<name a="b">value</name>` */
const tag = /(?:\s[^<>]{0,200}[^<>/])?>\s{0,20}(?:<!\[CDATA\[)?/y;

/** Finds the value after a name that ends at `at`; undefined if none follows. */
export function findValueStart(
  text: string,
  options: { at: number; nameAt: number; isFlag: boolean },
): ValueStart | undefined {
  const { at, nameAt, isFlag } = options;
  const tagged = text[nameAt - 1] === '<' ? match(tag, text, at) : undefined;
  if (tagged) {
    return { from: at + tagged[0].length, kind: 'tag', nameEnd: at };
  }
  const listed = isListed(text, nameAt) ? match(next, text, at) : undefined;
  const separated =
    match(pair, text, at) ??
    listed ??
    (isFlag ? match(option, text, at) : undefined);
  if (!separated || (isFlag && separated[0] === '')) return undefined;
  const from = at + separated[0].length;
  const lines = match(block, text, from);
  if (lines) {
    return { from: from + lines[0].length, kind: 'block', nameEnd: at };
  }
  const typed = from + (match(type, text, from)?.[0].length ?? 0);
  const quoted = match(opening, text, typed);
  const inside = typed + (quoted?.[0].length ?? 0);
  const skipped = match(scheme, text, inside)?.[0].length ?? 0;
  return {
    from: inside + skipped,
    kind: 'value',
    nameEnd: at,
    quote: quoted && { backslashes: quoted[1].length, mark: quoted[2] },
    isStated: !quoted && skipped === 0 && /:\s+$/.test(separated[0]),
    isListed: listed !== undefined,
  };
}

/** Whether a quote before a name opens a list or the arguments of a call. */
const isListed = (text: string, nameAt: number) =>
  /[([]\s{0,8}[bru]?\\{0,16}["'`]$/i.test(
    text.slice(Math.max(0, nameAt - 28), nameAt),
  );

/** Finds the end of a value; the end of the text if it was cut. */
export function findValueEnd(text: string, start: ValueStart): number {
  const { from, quote, kind } = start;
  if (kind === 'tag') return findOr(text, '<', from);
  if (kind === 'block') return findBlockEnd(text, from);
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

/** The lines with at least the indentation of the first. */
function findBlockEnd(text: string, from: number): number {
  const indentation = from - text.lastIndexOf('\n', from) - 1;
  let at = findOr(text, '\n', from);
  while (at < text.length && countSpaces(text, at + 1) >= indentation) {
    at = findOr(text, '\n', at + 1);
  }
  return at;
}

function countSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at - from;
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
    const mark = text[at];
    if (mark === '{' || mark === '[') depth += 1;
    else if (mark === '}' || mark === ']') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return text.length;
}

/** The next name of a query, a connection string or a list. */
const nextName =
  /(?:&amp;|[,;&])\s{0,4}\\{0,16}["']?[A-Za-z_][\w.-]{0,63}\\{0,16}["']?\s{0,4}[:=]/y;
const run = /[^\s"'`<>,;&]+/y;

function findWordEnd(text: string, from: number): number {
  let at = from;
  for (;;) {
    at += match(run, text, at)?.[0].length ?? 0;
    if (!/^[,;&]$/.test(text[at] ?? '') || match(nextName, text, at)) break;
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
