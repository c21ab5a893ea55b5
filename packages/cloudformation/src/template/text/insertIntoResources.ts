import { Node as JsonNode, parseTree } from 'jsonc-parser';
import { isMap, isScalar, YAMLMap } from 'yaml';
import { parseYamlDocument } from '@data-lake/aws';

/** A property to insert, as text. */
interface Insertion {
  isJson: boolean;
  /** Logical ids of the resources. */
  ids: readonly string[];
  entry: { name: string; value: string };
}

/** A text to insert at an offset. */
interface Edit {
  at: number;
  text: string;
}

/**
 * Inserts a property into resources of a template's text; every other character stays. Resources that leave
 * no place for it, such as those with a function in place of properties, stay as they are.
 */
export function insertIntoResources(text: string, insertion: Insertion) {
  const edits = insertion.isJson
    ? listJsonEdits(text, insertion)
    : listYamlEdits(text, insertion);
  let [result, from] = ['', 0];
  for (const edit of edits.sort((a, b) => a.at - b.at)) {
    result += text.slice(from, edit.at) + edit.text;
    from = edit.at;
  }
  return result + text.slice(from);
}

function listJsonEdits(text: string, { ids, entry }: Insertion): Edit[] {
  const resources = membersOf(membersOf(parseTree(text)).get('Resources'));
  const property = `${JSON.stringify(entry.name)}: ${JSON.stringify(
    entry.value,
  )}`;
  return ids.flatMap(id => {
    const resource = resources.get(id);
    const properties = membersOf(resource).get('Properties');
    const [into, inner] = properties
      ? [properties, property]
      : [resource, `"Properties": { ${property} }`];
    if (into?.type !== 'object') return [];
    const comma = into.children!.length > 0 ? ', ' : '';
    return { at: into.offset + 1, text: `${inner}${comma}` };
  });
}

const membersOf = (node: JsonNode | undefined) =>
  new Map(
    (node?.type === 'object' ? node.children! : []).map(
      ({ children: [key, value] = [] }) => [key.value as string, value],
    ),
  );

function listYamlEdits(text: string, { ids, entry }: Insertion): Edit[] {
  const resources = pairsOf(
    pairsOf(parseYamlDocument(text).contents).get('Resources'),
  );
  const quoted = JSON.stringify(entry.value);
  return ids.flatMap(id => {
    const resource = resources.get(id);
    const properties = pairsOf(resource).get('Properties');
    const into = properties ?? resource;
    const inner = properties
      ? `${entry.name}: ${quoted}`
      : `Properties: { ${entry.name}: ${quoted} }`;
    return isMap(into) ? toYamlEdit(text, into, inner) : [];
  });
}

const pairsOf = (node: unknown) =>
  new Map(
    (isMap(node) ? node.items : []).map(({ key, value }) => [
      isScalar(key) ? String(key.value) : undefined,
      value,
    ]),
  );

/** Inserts before the first key: at the start of a flow map, or on a line of its own. */
function toYamlEdit(text: string, map: YAMLMap, inner: string): Edit[] {
  const [start] = map.range!;
  if (map.flow) {
    return [
      { at: start + 1, text: map.items.length > 0 ? `${inner}, ` : inner },
    ];
  }
  const indent = start - text.lastIndexOf('\n', start - 1) - 1;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return [{ at: start, text: `${inner}${newline}${' '.repeat(indent)}` }];
}
