import { InputError } from '@backstage/errors';
import { Document, isAlias, isPair, isScalar, Node, Scalar, visit } from 'yaml';
import { parseYamlDocument } from '@data-lake/aws';
import { lineOf } from './findUnreadable';
import { maxAmbiguities, ReadText, toNumber } from './jsonText';
import { hasOneReading, isPlainKey } from './readScalar';
import { scanYaml } from './scanYaml';

/**
 * Parses YAML, with CloudFormation's tags in their long form. A number that JavaScript would write in another
 * way, such as `4.0`, stays the text that it is.
 *
 * @throws InputError if it is no YAML
 */
export function parseYamlText(text: string): ReadText {
  const ambiguities = scanYaml(text);
  try {
    const document = parseYamlDocument(text);
    ambiguities.push(...findAmbiguities(document, text));
    visit(document, (_key, node) => {
      if (isAlias(node)) throw new Error('aliases (*name) are not allowed');
      if (isScalar(node) && typeof node.value === 'number' && node.source) {
        node.value = toNumber(node.source);
      }
      const { tag } = (node ?? {}) as Node;
      return tag?.startsWith('!') && !tag.startsWith('!!')
        ? toLongForm(document, node as Node, tag.slice(1))
        : undefined;
    });
    return { content: document.toJS({ maxAliasCount: 0 }), ambiguities };
  } catch (error) {
    throw new InputError(
      `The template is not valid YAML: ${(error as Error).message}`,
    );
  }
}

function findAmbiguities(document: Document, text: string): string[] {
  const found: string[] = [];
  const add = (node: unknown, why: string) => {
    if (found.length >= maxAmbiguities) return;
    const [at] = (node as Node | null)?.range ?? [0];
    found.push(`line ${lineOf(text, at)} has ${why}`);
  };
  visit(document, {
    Pair(_key, { key }) {
      if (isScalar(key) ? !isKey(key) : true) {
        add(key, `the key ${toName(key)}: put it in quotes`);
      }
    },
    Node(key, node, path) {
      const { tag } = node as { tag?: string };
      if (tag && (!isKnownTag(tag) || key === 'key')) {
        add(node, `the tag ${tag}, which CloudFormation does not have here`);
      }
      const isValue = key !== 'key' || !isPair(path.at(-1));
      if (isValue && isScalar(node) && !isValueOfOneReading(node)) {
        add(
          node,
          `the value ${node.source?.slice(
            0,
            40,
          )}, which YAML 1.1 and YAML 1.2 read differently: put it in quotes, or write true, false or a decimal number`,
        );
      }
    },
  });
  return found;
}

const isKey = ({ type, source = '' }: Scalar) =>
  type !== 'PLAIN' || isPlainKey(source);

const isValueOfOneReading = ({ type, source = '', tag }: Scalar) =>
  type !== 'PLAIN' || tag !== undefined || hasOneReading(source);

const toName = (key: unknown) =>
  isScalar(key) ? key.source?.slice(0, 40) || '(empty)' : 'that is no text';

const isKnownTag = (tag: string) => functions.has(tag.replace(/^!/, ''));

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const functions = new Set(
  'And Base64 Cidr Condition Contains EachMemberEquals EachMemberIn Equals FindInMap GetAtt GetAZs GetStackOutput If ImportValue Join Length Not Or Ref RefAll Select Split Sub ToJsonString Transform ValueOf ValueOfAll'.split(
    ' ',
  ),
);

/** Converts `!Ref X` to `{Ref: X}`, and `!GetAtt X.Arn` to `{Fn::GetAtt: [X, Arn]}`. */
function toLongForm(document: Document, node: Node, name: string): Node {
  node.tag = undefined;
  const key = ['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`;
  const value: unknown = (node as { value?: unknown }).value;
  if (name === 'GetAtt' && typeof value === 'string' && value.includes('.')) {
    const dot = value.indexOf('.');
    return document.createNode({
      [key]: [value.slice(0, dot), value.slice(dot + 1)],
    });
  }
  return document.createNode({ [key]: node });
}
