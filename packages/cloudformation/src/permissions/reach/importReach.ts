import { evaluateTemplate } from '../../template/evaluateTemplate';
import { asObject, childrenOf, toText } from '../../template/json';
import { branchesOf, isListed, ReachScope } from './reachScope';

/**
 * Lists what parts of a template import of other stacks, one line each: the template reads exports, and keeps those
 * stacks from changing and deleting them; or any output of any stack, with the rights of the role that deploys.
 *
 * @param parts - resources and outputs, with their names
 * @param template - the whole, with the values of its parameters, by which the names of exports are evaluated
 * @returns lines by name of the part
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
export function listImportReach(
  parts: readonly (readonly [string, unknown])[],
  template: { content: unknown; values: Readonly<Record<string, string>> },
  { reach }: ReachScope,
): ReadonlyMap<string, string[]> {
  const found = parts
    .map(([name, part]) => ({ name, imports: listImports(part) }))
    .filter(({ imports }) => imports.length > 0);
  const Properties = { found: found.map(({ imports }) => imports) };
  const Resources = { Imports: { Type: 'none', Properties } };
  const content = { ...asObject(template.content), Resources };
  // all at once, within the steps of one template
  const evaluated = evaluateTemplate(content, template.values);
  const names = evaluated.get('Imports')!.properties.found as unknown[];
  return new Map(
    found.map(({ name }, i) => [
      name,
      [...new Set(branchesOf(names[i]).map(toText))]
        .filter(text => !isListed(text, reach.allowedImports))
        .map(text => `imports ${text} of another stack`),
    ]),
  );
}

function listImports(part: unknown): unknown[] {
  const found: unknown[] = [];
  let level = [part];
  while (level.length > 0) {
    for (const value of level) {
      const { 'Fn::ImportValue': name, 'Fn::GetStackOutput': output } =
        asObject(value);
      if (name !== undefined) found.push(name);
      if (output !== undefined) found.push(toOutputName(output));
    }
    level = level.flatMap(childrenOf);
  }
  return found;
}

/** `<stack>.<output>` of the same account and region; of another one, the whole, which no list has. */
function toOutputName(output: unknown): unknown {
  const { StackName, OutputName, ...elsewhere } = asObject(output);
  return Object.keys(elsewhere).length === 0
    ? { 'Fn::Join': ['.', [StackName ?? output, OutputName ?? '']] }
    : { 'Fn::GetStackOutput': output };
}
