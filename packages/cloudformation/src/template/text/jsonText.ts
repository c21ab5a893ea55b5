import { InputError } from '@backstage/errors';
import { getNodeValue, Node, parseTree } from 'jsonc-parser';
import { lineOf } from './findUnreadable';
import { assertFlat } from './nesting';

/** A JSON text as data, with what a second parser might read in another way. */
export interface ReadText {
  content: unknown;
  /** One line each; empty if every parser reads the same document. */
  ambiguities: string[];
}

/**
 * Parses JSON. A number that JavaScript would write in another way, such as `4.0`, stays the text that it is.
 *
 * @throws InputError if it is no JSON
 */
export function parseJsonText(text: string): ReadText {
  assertFlat(jsonDepths(text));
  try {
    JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `The template is not valid JSON: ${(error as Error).message}`,
    );
  }
  const root = parseTree(text)!;
  const ambiguities: string[] = [];
  return { content: toContent(root, text, ambiguities), ambiguities };
}

function toContent(node: Node, text: string, ambiguities: string[]): unknown {
  const { type, children = [] } = node;
  if (type === 'array') {
    return children.map(child => toContent(child, text, ambiguities));
  }
  if (type === 'number') {
    return toNumber(text.slice(node.offset, node.offset + node.length));
  }
  if (type !== 'object') return getNodeValue(node);
  const entries = new Map<string, unknown>();
  for (const { children: [key, value] = [] } of children) {
    const name: string = key.value;
    if (entries.has(name) && ambiguities.length < maxAmbiguities) {
      const line = lineOf(text, key.offset);
      ambiguities.push(
        `line ${line} has the duplicate key ${name.slice(0, 40)}`,
      );
    }
    entries.set(name, toContent(value, text, ambiguities));
  }
  return Object.fromEntries(entries);
}

/** More help nobody; each takes a search for its line. */
export const maxAmbiguities = 5;

/** Returns a number, or its text if JavaScript would write it in another way. */
export const toNumber = (source: string): number | string =>
  String(Number(source)) === source ? Number(source) : source;

/** Lists the depths of nesting in a text that may be JSON, without parsing it. */
function* jsonDepths(text: string): Generator<number> {
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[{\]}]/gs)) {
    if (token === '[' || token === '{') yield ++depth;
    else if (token === ']' || token === '}') depth--;
  }
}
