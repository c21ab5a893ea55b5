import { Document, isMap, isScalar, parseDocument, visit } from 'yaml';

/**
 * A YAML document, with its comments and tags. Keys that are there twice are looked for here: the
 * parser compares each with each, and a file of some hundred kilobytes would keep a backend from all
 * else for minutes.
 *
 * @throws Error for what is no YAML, and for a key that is there twice
 */
export function parseYamlDocument(text: string): Document.Parsed {
  const document = parseDocument(text, {
    logLevel: 'silent',
    uniqueKeys: false,
  });
  if (document.errors.length > 0) throw document.errors[0];
  visit(document, (_key, node) => {
    if (!isMap(node)) return;
    const seen = new Set<unknown>();
    for (const { key } of node.items) {
      const name = isScalar(key) ? String(key.value) : key;
      if (seen.has(name)) throw new Error(`the key ${name} is there twice`);
      seen.add(name);
    }
  });
  return document;
}
