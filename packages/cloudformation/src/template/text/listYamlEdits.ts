import { isMap, isScalar, isSeq, Node, YAMLMap, YAMLSeq } from 'yaml';
import { parseYamlDocument } from '@data-lake/aws';
import { Edit, TextChange, toFlowText, toMissing } from './textChange';

/** Lists the edits that change a YAML text; none for a change that the text leaves no place for. */
export function listYamlEdits(
  text: string,
  changes: readonly TextChange[],
): Edit[] {
  const root = parseYamlDocument(text).contents;
  const listed = new Map<unknown, Map<string, unknown>>();
  const childrenOf = (node: unknown) => {
    const children = listed.get(node) ?? listChildren(node);
    listed.set(node, children);
    return children;
  };
  return changes.flatMap(change => {
    let [node, rest]: [unknown, readonly string[]] = [root, change.path];
    for (; rest.length > 0; rest = rest.slice(1)) {
      const children = childrenOf(node);
      if (!children.has(rest[0])) break;
      node = children.get(rest[0]);
    }
    return toEdits(text, { node, rest, change });
  });
}

function listChildren(node: unknown): Map<string, unknown> {
  if (isSeq(node)) {
    return new Map(node.items.map((item, index) => [String(index), item]));
  }
  const pairs = isMap(node) ? node.items : [];
  return new Map(
    pairs.flatMap(({ key, value }) =>
      isScalar(key) ? [[String(key.value), value]] : [],
    ),
  );
}

function toEdits(
  text: string,
  place: { node: unknown; rest: readonly string[]; change: TextChange },
): Edit[] {
  const { node, rest, change } = place;
  if ('first' in change) {
    const item = toYaml(change.first);
    if (rest.length > 0 || !isSeq(node)) return [];
    return [toInsertion(text, node, node.flow ? item : `- ${item}`)];
  }
  if (rest.length === 0) {
    const { range } = (node ?? {}) as Node;
    if (!isScalar(node) || !range) return [];
    const [at, end] = range;
    return [{ at, length: end - at, text: toYaml(change.to) }];
  }
  if (!isMap(node)) return [];
  const entry = `${toKey(rest[0])}: ${toYaml(toMissing(rest, change.to))}`;
  return [toInsertion(text, node, entry)];
}

/** Inserts before the first item: at the start of a flow collection, or on a line of its own. */
function toInsertion(
  text: string,
  into: YAMLMap | YAMLSeq,
  inner: string,
): Edit {
  const [start] = into.range!;
  if (into.flow) {
    const comma = into.items.length > 0 ? ', ' : '';
    return { at: start + 1, text: `${inner}${comma}` };
  }
  const indent = start - text.lastIndexOf('\n', start - 1) - 1;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  return { at: start, text: `${inner}${newline}${' '.repeat(indent)}` };
}

const toKey = (key: string) =>
  /^[A-Za-z]+$/.test(key) ? key : JSON.stringify(key);

const toYaml = (value: unknown) => toFlowText(value, toKey);
