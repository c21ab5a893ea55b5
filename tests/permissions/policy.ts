/** One statement of an IAM policy. */
export interface Statement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  /** Empty in a denial of all but some actions. */
  Action: string | string[];
  NotAction?: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy of a role, with its name. */
export interface Policy {
  name: string;
  statements: Statement[];
}

/** A request to IAM: one action on one resource, with the values of condition keys. */
export interface Authorization {
  action: string;
  resource: string;
  conditions: Record<string, string | string[]>;
}

/**
 * Returns undefined if identity policies allow the request; otherwise, the nearest statement and its missing part.
 * An explicit Deny wins. Resource policies and session policies are ignored; `refusalWithin` asks a boundary too.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * @throws Error for unsupported elements: policy variables, NotAction that allows, other operators
 */
export function refusal(
  policies: readonly Policy[],
  asked: Authorization,
): string | undefined {
  const statements = policies.flatMap(({ name, statements: own }) =>
    own.map(statement => ({ name, statement, lacks: lack(statement, asked) })),
  );
  const matching = statements.filter(({ lacks }) => lacks === undefined);
  const denied = matching.find(({ statement }) => statement.Effect === 'Deny');
  if (denied) {
    return `denied by ${told(denied)}`;
  }
  if (matching.length > 0) {
    return undefined;
  }
  const [nearest] = statements
    .filter(({ statement }) => statement.Effect === 'Allow')
    .sort((a, b) => a.lacks!.distance - b.lacks!.distance);
  return nearest
    ? `nearest is ${told(nearest)}: ${nearest.lacks!.what}`
    : 'the role has no policy';
}

/** Returns undefined if identity policies and the permissions boundary of the role allow the request. */
export function refusalWithin(
  boundary: Policy,
  policies: readonly Policy[],
  asked: Authorization,
): string | undefined {
  const beyond = refusal([boundary], asked);
  return beyond === undefined
    ? refusal(policies, asked)
    : `beyond the boundary: ${beyond}`;
}

/** Matches like a shell: * any text, ? one character. Actions ignore case, other values do not. */
export function matches(pattern: string, text: string, flags = ''): boolean {
  if (!/[*?]/.test(pattern) && !flags) return pattern === text;
  const key = `${flags} ${pattern}`;
  const known = expressions.get(key) ?? toExpression(pattern, flags);
  expressions.set(key, known);
  return known.test(text);
}

const expressions = new Map<string, RegExp>();

function toExpression(pattern: string, flags: string) {
  const source = pattern
    .replace(/[.+^$(){}|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}

export function list<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}

interface Lack {
  /** 1: only a condition fails; 2: the resource; 3 and 4: the action, of the same service and of another. */
  distance: number;
  what: string;
}

/** Returns the missing part of the statement; undefined if it matches. */
function lack(statement: Statement, asked: Authorization): Lack | undefined {
  const { Action, NotAction, Resource, Condition = {}, ...others } = statement;
  const unknown = Object.keys(others).find(
    key => key !== 'Sid' && key !== 'Effect',
  );
  const unread =
    NotAction && statement.Effect === 'Allow' ? 'NotAction' : unknown;
  if (unread) throw new Error(`This evaluator does not know ${unread}`);

  const actions = list(Action);
  const has = (those: string[]) =>
    those.some(action => matches(action, asked.action, 'i'));
  if (NotAction ? has(NotAction) : !has(actions)) {
    const service = asked.action.split(':')[0];
    const isNear = actions.some(action => action.startsWith(`${service}:`));
    return { distance: isNear ? 3 : 4, what: `allows ${actions.join(', ')}` };
  }
  const resources = list(Resource);
  const variable = resources.find(resource => resource.includes('${'));
  if (variable) throw new Error(`This evaluator does not know ${variable}`);
  if (!resources.some(resource => matches(resource, asked.resource))) {
    return { distance: 2, what: `allows it on ${resources.join(', ')}` };
  }
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const [key, wanted] of Object.entries(keys)) {
      const given = valuesOf(asked.conditions, key);
      if (!holds(operator, given, list(wanted))) {
        const is = given ? `is ${given.join(', ')}` : 'is not there';
        const wants = `${operator} ${list(wanted).join(', ')}`;
        return { distance: 1, what: `wants ${key} ${wants}, and it ${is}` };
      }
    }
  }
  return undefined;
}

/** Finds a condition key; keys ignore case. */
function valuesOf(conditions: Authorization['conditions'], key: string) {
  const found = Object.entries(conditions).find(
    ([name]) => name.toLowerCase() === key.toLowerCase(),
  );
  return found && list(found[1]);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Record<string, (given: string, wanted: string) => boolean> = {
  StringEquals: (given, wanted) => given === wanted,
  StringLike: (given, wanted) => matches(wanted, given),
  ArnEquals: (given, wanted) => matches(wanted, given),
  ArnLike: (given, wanted) => matches(wanted, given),
  Bool: (given, wanted) => given.toLowerCase() === wanted.toLowerCase(),
};

function holds(
  operator: string,
  given: string[] | undefined,
  wanted: string[],
) {
  const test = operators[operator.replace(/IfExists$/, '')];
  if (!test) throw new Error(`This evaluator does not know ${operator}`);
  if (operator.endsWith('IfExists') && given === undefined) return true;
  return (given ?? []).some(value => wanted.some(each => test(value, each)));
}

function told({ name, statement }: { name: string; statement: Statement }) {
  const [first, ...more] = list(statement.Action);
  return `${statement.Effect} ${statement.Sid ?? first}${
    statement.Sid || !more.length ? '' : ` and ${more.length} more`
  } of ${name}`;
}
