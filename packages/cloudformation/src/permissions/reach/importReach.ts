import { evaluateTemplate } from '../../template/evaluateTemplate';
import { asObject, childrenOf, toText } from '../../template/json';
import { branchesOf, isListed, ReachScope } from './reachScope';

/**
 * Lists the exports of other stacks that parts of a template import, one line each: it reads their values, and
 * keeps those stacks from changing and deleting them.
 *
 * @param parts - resources and outputs, with their names
 * @param template - the whole, with the values of its parameters, by which the names of exports are evaluated
 * @returns lines by name of the part
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
      const name = asObject(value)['Fn::ImportValue'];
      if (name !== undefined) found.push(name);
    }
    level = level.flatMap(childrenOf);
  }
  return found;
}
