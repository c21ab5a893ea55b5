import { asList, asObject, childrenOf, isText } from '../../template/json';
import { isListed } from './reachScope';

/**
 * Finds the values that CloudFormation would read from Secrets Manager or Parameter Store by a dynamic
 * reference, or that may become one, without those that are listed. What only CloudFormation knows may end in a
 * brace, and so beside a brace or beside another such value it may become one.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function findDynamicReferences(
  value: unknown,
  listed: readonly string[] = [],
): string[] {
  const found = new Set<string>();
  let level = [value];
  while (level.length > 0) {
    for (const text of level.flatMap(textsOf)) {
      for (const [reference] of text.matchAll(/\{\{\s*resolve:[^{}]*/g)) {
        const name = reference.replace(/^\{\{\s*resolve:/, '');
        if (!isListed(name, listed)) found.add(name);
      }
      if (mayBecome.test(text)) found.add('what only CloudFormation knows');
    }
    level = level.flatMap(childrenOf);
  }
  return [...found];
}

/** Pseudo parameters are known, and have no braces. */
const mayBecome =
  /\{\{[^{}]*\$\{|\{\$\{(?!AWS::)|\$\{(?!AWS::)[^{}]*\}\}|(?<!\$\{AWS::\w+)\}\$\{(?!AWS::)/;

/** Tells whether a value of a parameter may begin a dynamic reference that a template ends. */
export const beginsReference = (value: unknown): boolean =>
  isText(value) && value.replace(/\{\{resolve:[^{}]*\}\}/g, '').includes('{{');

/** A function that joins texts may make a reference of its parts; one part may be a function itself. */
function textsOf(value: unknown): string[] {
  if (isText(value)) return [value];
  const [by, parts] = asList(asObject(value)['Fn::Join']);
  if (!Array.isArray(parts)) return [];
  const texts = parts.map(part => (isText(part) ? part : toPart(part)));
  return [texts.join(isText(by) ? by : '${?}')];
}

function toPart(value: unknown): string {
  const { Ref } = asObject(value);
  return isText(Ref) && Ref.startsWith('AWS::') ? `\${${Ref}}` : '${?}';
}
