import { Range } from './ranges';

/** A text as a reader decodes it. */
export interface View {
  text: string;
  /** Where each of its characters stands in the text as it was written; absent: at the same place. */
  origins?: Int32Array;
}

/** Coded more often, a text is no longer read by anyone. */
const maxLayers = 3;

/**
 * Decodes a text again and again: percent-encoding, entities of HTML, escapes of JSON and Python, characters
 * without width, full-width letters. The first view is the text itself.
 */
export function toViews(text: string): View[] {
  const views: View[] = [{ text }];
  for (let layer = 0; layer < maxLayers; layer += 1) {
    const next = decodeOnce(views[layer]);
    if (!next) break;
    views.push(next);
  }
  return views;
}

/** Converts a range of a view to the same range of the text as it was written. */
export const toOrigin = ({ origins }: View, { from, to }: Range): Range =>
  origins ? { from: origins[from], to: origins[to] } : { from, to };

/** One character in another writing, or what shows as nothing. */
const coded = new RegExp(
  [
    '%[0-7][0-9a-f]',
    '%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3}',
    '&(?:quot|apos|amp|lt|gt|nbsp|colon|equals);',
    '&#(?:\\d{1,7}|x[0-9a-f]{1,6});',
    '\\\\{1,16}(?:u[0-9a-f]{4}|x[0-9a-f]{2}|[nrt])',
    // colours of a terminal
    '\\u001b\\[[0-9;]{0,20}m',
    '[\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060\\ufeff]',
    '[\\ufe50-\\ufe6b\\uff01-\\uff5e]',
  ].join('|'),
  'gi',
);

function decodeOnce({ text, origins }: View): View | undefined {
  const parts: string[] = [];
  const places = new Int32Array(text.length + 1);
  const originOf = (at: number) => origins?.[at] ?? at;
  let length = 0;
  let copied = 0;
  const copyTo = (end: number) => {
    parts.push(text.slice(copied, end));
    for (; copied < end; copied += 1) places[length++] = originOf(copied);
  };
  for (const { 0: code, index } of text.matchAll(coded)) {
    const character = decode(code);
    if (character.length > code.length || character === code) continue;
    copyTo(index);
    parts.push(character);
    for (const _ of character.split('')) places[length++] = originOf(index);
    copied = index + code.length;
  }
  if (copied === 0) return undefined;
  copyTo(text.length);
  places[length] = originOf(text.length);
  return { text: parts.join(''), origins: places.subarray(0, length + 1) };
}

const entities: Record<string, string> = {
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: ' ',
  colon: ':',
  equals: '=',
};

function decode(code: string): string {
  if (code.startsWith('%')) return decodePercent(code);
  if (code.startsWith('&#')) {
    const number = code.slice(2, -1).toLowerCase();
    return toCharacter(
      number.startsWith('x') ? parseInt(number.slice(1), 16) : Number(number),
    );
  }
  if (code.startsWith('&')) {
    return entities[code.slice(1, -1).toLowerCase()] ?? code;
  }
  if (code.startsWith('\\')) return decodeEscape(code.replace(/^\\+/, ''));
  return code.length === 1 ? code.normalize('NFKC').replace(hidden, '') : '';
}

const hidden = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/;

function decodePercent(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

const decodeEscape = (code: string) =>
  ({ n: '\n', r: '\r', t: '\t' }[code.toLowerCase()] ??
  toCharacter(parseInt(code.slice(1), 16)));

const toCharacter = (code: number) =>
  code <= 0x10ffff ? String.fromCodePoint(code) : '';
