import { InputError } from '@backstage/errors';
import { CST, Lexer, Parser } from 'yaml';
import { lineOf } from './findUnreadable';
import { maxAmbiguities } from './jsonText';
import { assertFlat } from './nesting';

/**
 * Reads the tokens of a YAML text before it is parsed, and lists those that a YAML 1.1 parser might read in
 * another way, one line each.
 *
 * @throws InputError if the text is no YAML, is nested too deep, or has too many tokens
 */
export function scanYaml(text: string): string[] {
  const found: string[] = [];
  assertFlat(depthsOf(text, found));
  return found;
}

/** Lists the depths, and what is found on the way. */
function* depthsOf(text: string, found: string[]): Generator<number> {
  const parser = new Parser();
  let [offset, last, count] = [0, '', 0];
  for (const lexeme of new Lexer().lex(text)) {
    if (++count > maxTokens) {
      throw new InputError(
        `The template has more than ${maxTokens} tokens of YAML: give it as JSON, which is read faster`,
      );
    }
    const why = findAmbiguity(lexeme, {
      last,
      next: text[offset + lexeme.length],
    });
    if (why && found.length < maxAmbiguities) {
      found.push(`line ${lineOf(text, offset)} has ${why}`);
    }
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') throw toError(text, token);
    }
    yield parser.stack.length - 1;
    if (markers.includes(lexeme)) last = lexeme;
    else {
      offset += lexeme.length;
      if (last === CST.SCALAR || !/^[ \t]*$/.test(lexeme)) last = lexeme;
    }
  }
}

const toError = (text: string, { offset, message }: CST.ErrorToken) =>
  new InputError(
    `The template is not valid YAML: line ${lineOf(text, offset)}: ${message}`,
  );

/** Tokens that are parsed in about a second; a template of 500 resources has some ten thousand. */
const maxTokens = 200_000;

const markers = [CST.DOCUMENT, CST.FLOW_END, CST.SCALAR];

function findAmbiguity(
  lexeme: string,
  { last, next }: { last: string; next: string | undefined },
): string | undefined {
  if (last === CST.SCALAR) {
    return /^["']/.test(lexeme) || !lexeme.includes('\t')
      ? undefined
      : 'a tab in a text without quotes';
  }
  switch (CST.tokenType(lexeme)) {
    case 'directive-line':
      return 'a directive (%), which is not allowed';
    case 'anchor':
    case 'alias':
      return 'an anchor or alias (&name, *name): aliases are not allowed';
    case 'doc-end':
      return 'the end of a document (...), which is not allowed';
    case 'tag':
      return next === undefined || /\s/.test(next)
        ? undefined
        : `the tag ${lexeme}, which a space must follow`;
    case 'space':
      return lexeme.includes('\t') ? 'a tab: use spaces' : undefined;
    default:
      return undefined;
  }
}
