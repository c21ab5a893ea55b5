import { InputError } from '@backstage/errors';
import { Document, isAlias, Node, visit } from 'yaml';
import { parseYamlDocument } from '@data-lake/aws';
import { childrenOf } from './json';

const maxDepth = 60;

/**
 * Parses the text of a template, JSON or YAML, as data.
 *
 * @throws InputError if it is neither, has YAML aliases, or is nested too deep
 */
export function parseTemplateText(text: string): {
  content: unknown;
  isJson: boolean;
} {
  const isJson = text.trimStart().startsWith('{');
  const content = isJson ? parseJson(text) : parseYaml(text);
  checkDepth(content);
  return { content, isJson };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(
      `The template is not valid JSON: ${(error as Error).message}`,
    );
  }
}

function parseYaml(text: string): unknown {
  try {
    const document = parseYamlDocument(text);
    visit(document, (_key, node) => {
      if (isAlias(node)) throw new Error('aliases (*name) are not allowed');
      const { tag } = (node ?? {}) as Node;
      return tag?.startsWith('!') && !tag.startsWith('!!')
        ? toLongForm(document, node as Node, tag.slice(1))
        : undefined;
    });
    return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    // a RangeError is the parser's own limit of nesting
    throw new InputError(
      `The template is not valid YAML: ${(error as Error).message}`,
    );
  }
}

/** Converts `!Ref X` to `{Ref: X}`, and `!GetAtt X.Arn` to `{Fn::GetAtt: [X, Arn]}`. */
function toLongForm(document: Document, node: Node, name: string): Node {
  node.tag = undefined;
  const key = ['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`;
  const value: unknown = (node as { value?: unknown }).value;
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return document.createNode({
      [key]: [value.slice(0, dot), value.slice(dot + 1)],
    });
  }
  return document.createNode({ [key]: node });
}

function checkDepth(content: unknown): void {
  let level = [content];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) {
      throw new InputError(
        `The template is nested more than ${maxDepth} levels deep`,
      );
    }
    level = level.flatMap(childrenOf);
  }
}
