import { asObject, childrenOf, isText } from './json';
import { isMadeByMacro } from './macros';
import { maxNesting } from './resolveValue';

/**
 * Finds where a template is beyond CloudFormation's own limits, one line each.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
export function findBrokenLimits(content: unknown): string[] {
  const template = asObject(content);
  const large = Object.entries(maxCounts).flatMap(([section, max]) => {
    const count = Object.keys(asObject(template[section])).length;
    return count > max
      ? `it has ${count} ${section}; CloudFormation allows ${max}`
      : [];
  });
  return [
    ...large,
    ...named.flatMap(section => findWrongNames(section, template[section])),
    ...findLargeMappings(template.Mappings),
    ...findWrongConditions(asObject(template.Conditions)),
  ].slice(0, 10);
}

const maxCounts = {
  Mappings: 200,
  Outputs: 200,
  Parameters: 200,
  Resources: 500,
};

const named = ['Conditions', 'Outputs', 'Parameters', 'Resources'];

const findWrongNames = (section: string, entries: unknown): string[] =>
  Object.keys(asObject(entries))
    .filter(name => !/^[a-zA-Z0-9]{1,255}$/.test(name) && !isMadeByMacro(name))
    .map(
      name =>
        `the name ${JSON.stringify(
          name.slice(0, 40),
        )} in ${section} is not 1 to 255 letters and digits`,
    );

const findLargeMappings = (mappings: unknown): string[] =>
  Object.entries(asObject(mappings))
    .filter(([, mapping]) => Object.keys(asObject(mapping)).length > 200)
    .map(([name]) => `the mapping ${name} has more than 200 keys`);

/** The numbers of conditions that a function takes. */
const operands: Record<string, [min: number, max: number]> = {
  'Fn::And': [2, 10],
  'Fn::Equals': [2, 2],
  'Fn::Not': [1, 1],
  'Fn::Or': [2, 10],
};

function findWrongConditions(conditions: Record<string, unknown>): string[] {
  const found: string[] = [];
  const uses = new Map<string, Set<string>>();
  for (const [name, condition] of Object.entries(conditions)) {
    const used = new Set<string>();
    for (const part of partsOf(condition)) {
      found.push(...findWrongOperands(name, part));
      const { Condition } = asObject(part);
      if (isText(Condition) && Object.hasOwn(conditions, Condition)) {
        used.add(Condition);
      }
    }
    uses.set(name, used);
  }
  const nesting = findNesting(uses);
  return nesting ? [nesting, ...found] : found;
}

const findWrongOperands = (name: string, part: unknown): string[] =>
  Object.entries(operands).flatMap(([of, [min, max]]) => {
    if (!Object.hasOwn(asObject(part), of)) return [];
    const given = asObject(part)[of];
    const count = Array.isArray(given) ? given.length : 1;
    return count < min || count > max
      ? `the condition ${name} gives ${of} ${count} values; it takes ${
          min === max ? min : `${min} to ${max}`
        }`
      : [];
  });

/** Lists a value and all that is in it. */
function partsOf(value: unknown): unknown[] {
  const parts: unknown[] = [];
  for (let level = [value]; level.length > 0; ) {
    for (const part of level) parts.push(part);
    level = level.flatMap(childrenOf);
  }
  return parts;
}

/** Takes away the conditions that use none of the others, level by level: a circle stays. */
function findNesting(
  uses: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  const users = new Map<string, string[]>();
  const open = new Map([...uses].map(([name, used]) => [name, used.size]));
  for (const [name, used] of uses) {
    for (const each of used) {
      const known = users.get(each);
      if (known) known.push(name);
      else users.set(each, [name]);
    }
  }
  let level = [...open.keys()].filter(name => open.get(name) === 0);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxNesting) {
      return `its conditions refer to each other over more than ${maxNesting} levels`;
    }
    level.forEach(name => open.delete(name));
    level = level
      .flatMap(name => users.get(name) ?? [])
      .filter(name => {
        const left = open.get(name)! - 1;
        open.set(name, left);
        return left === 0;
      });
  }
  const [name] = open.keys();
  return name && `the condition ${name} refers to itself in a circle`;
}
