import { Node, parseTree } from 'jsonc-parser';
import { Edit, TextChange, toFlowText, toMissing } from './textChange';

/** Lists the edits that change a JSON text; none for a change that the text leaves no place for. */
export function listJsonEdits(
  text: string,
  changes: readonly TextChange[],
): Edit[] {
  const root = parseTree(text);
  const listed = new Map<Node, Map<string, Node>>();
  const childrenOf = (node: Node) => {
    const children = listed.get(node) ?? listChildren(node);
    listed.set(node, children);
    return children;
  };
  return changes.flatMap(change => {
    let [node, rest] = [root, change.path];
    for (; node && rest.length > 0; rest = rest.slice(1)) {
      const child = childrenOf(node).get(rest[0]);
      if (!child) break;
      node = child;
    }
    return node ? toEdits(node, rest, change) : [];
  });
}

function listChildren({ type, children = [] }: Node): Map<string, Node> {
  return new Map(
    type === 'object'
      ? children.map(({ children: [key, value] = [] }) => [key.value, value])
      : children.map((child, index) => [String(index), child]),
  );
}

function toEdits(
  node: Node,
  rest: readonly string[],
  change: TextChange,
): Edit[] {
  const { type, offset, length, children = [] } = node;
  const comma = children.length > 0 ? ', ' : '';
  if ('first' in change) {
    if (rest.length > 0 || type !== 'array') return [];
    return [{ at: offset + 1, text: `${toJson(change.first)}${comma}` }];
  }
  if (rest.length === 0) {
    return [{ at: offset, length, text: toJson(change.to) }];
  }
  if (type !== 'object') return [];
  const value = toJson(toMissing(rest, change.to));
  return [
    { at: offset + 1, text: `${JSON.stringify(rest[0])}: ${value}${comma}` },
  ];
}

const toJson = (value: unknown) => toFlowText(value, JSON.stringify);
