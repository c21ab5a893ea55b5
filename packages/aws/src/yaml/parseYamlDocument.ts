import { Document, isMap, isScalar, parseDocument, visit } from 'yaml';

/**
 * Parses a YAML document, with its comments and tags. Finds duplicate keys itself: the parser compares
 * each key with each other, and a file of some hundred kilobytes would block a backend for minutes.
 *
 * @throws Error for invalid YAML, for a second document, and for a duplicate key
 *
 * @public
 */
export function parseYamlDocument(text: string): Document.Parsed {
  const document = parseDocument(text, {
    // 'silent' would also drop the error for a second document
    logLevel: 'error',
    uniqueKeys: false,
  });
  if (document.errors.length > 0) throw document.errors[0];
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
