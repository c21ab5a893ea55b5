import {
  Composer,
  CST,
  Document,
  isMap,
  isScalar,
  LineCounter,
  Parser,
  visit,
} from 'yaml';

/**
 * Parses a YAML document, with its comments and tags. Finds duplicate keys itself: the parser compares
 * each key with each other, and a file of some hundred kilobytes would block a backend for minutes.
 *
 * @throws Error for invalid YAML, for a second document, and for a duplicate key
 *
 * @public
 */
export function parseYamlDocument(text: string): Document.Parsed {
  const document = compose(text);
  visit(document, (_key, node) => {
    if (!isMap(node)) return;
    const seen = new Set<unknown>();
    for (const { key } of node.items) {
      const name = isScalar(key) ? String(key.value) : key;
      if (seen.has(name)) throw new Error(`duplicate key ${name}`);
      seen.add(name);
    }
  });
  return document;
}

/** Reads up to the first error: each character may be one, and the parser describes each with its whole line. */
function compose(text: string): Document.Parsed {
  const lines = new LineCounter();
  const composer = new Composer({ uniqueKeys: false });
  Object.assign(composer, {
    onError: (at: Place, _code: string, message: string, warns = false) => {
      if (!warns) throw toError(lines, at, message);
    },
  });
  const tokens = new Parser(lines.addNewLine).parse(text);
  let document: Document.Parsed | undefined;
  for (const next of composer.compose(
    upToError(tokens, lines),
    true,
    text.length,
  )) {
    if (document) throw new Error('there are multiple documents, not one');
    document = next;
    const [error] = document.errors;
    if (error) throw toError(lines, error.pos, error.message);
  }
  return document!;
}

function* upToError(
  tokens: Iterable<CST.Token>,
  lines: LineCounter,
): Generator<CST.Token> {
  for (const token of tokens) {
    if (token.type === 'error') throw toError(lines, token, token.message);
    yield token;
  }
}

/** An offset, a range, or a token. */
type Place = number | readonly number[] | { offset: number };

function toError(lines: LineCounter, at: Place, message: string): Error {
  const start = typeof at === 'object' && 'offset' in at ? at.offset : at;
  const { line, col } = lines.linePos([start].flat()[0]);
  return new Error(`${message} at line ${line}, column ${col}`);
}
