import { InputError } from '@backstage/errors';
import { childrenOf } from './json';
import { findUnreadable } from './text/findUnreadable';
import { parseJsonText } from './text/jsonText';
import { assertFlat } from './text/nesting';
import { parseYamlText } from './text/yamlText';

/** The text of a template as data. */
export interface TemplateText {
  content: unknown;
  isJson: boolean;
  /** What another parser might read in another way, one line each. */
  ambiguities: string[];
}

/**
 * Parses the text of a template, JSON or YAML, as data.
 *
 * @throws InputError if it is neither, has YAML aliases, or is nested too deep
 */
export function parseTemplateText(text: string): TemplateText {
  const isJson = isJsonText(text);
  const read = isJson ? parseJsonText(text) : parseYamlText(text);
  assertFlat(depthsOf(read.content));
  return { ...read, isJson };
}

/**
 * Parses a template that is sent to CloudFormation: every parser must read the same document in it.
 *
 * @throws InputError that lists what parsers read differently
 */
export function parseGivenText(text: string): TemplateText {
  const unreadable = findUnreadable(text);
  if (unreadable.length > 0) throw toRefusal(unreadable);
  const read = parseTemplateText(text);
  if (read.ambiguities.length > 0) throw toRefusal(read.ambiguities);
  return read;
}

/** Tells whether a text is JSON: CloudFormation also decides by its first character. */
export const isJsonText = (text: string): boolean =>
  /^\s*\{/.test(text.slice(0, text.indexOf('{') + 1));

const toRefusal = (problems: readonly string[]) =>
  new InputError(
    `The template can be read in more than one way: ${problems.join('; ')}`,
  );

/** Lists the depths of data, level by level. */
function* depthsOf(content: unknown): Generator<number> {
  let level = [content];
  for (let depth = 0; level.length > 0; depth++) {
    yield depth;
    level = level.flatMap(childrenOf);
  }
}
