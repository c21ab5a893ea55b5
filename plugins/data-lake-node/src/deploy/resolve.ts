/** A resource with parameters and conditions worked out, as far as a template tells. */
export interface ResolvedResource {
  type: string;
  properties: Record<string, unknown>;
  deletionPolicy?: string;
  /** Its condition depends on what only CloudFormation knows. */
  uncertain?: true;
}

type Json = Record<string, unknown>;

interface Scope {
  parameters: Record<string, string>;
  conditions: Json;
  mappings: Json;
  /** Conditions being worked out, so that a circle ends. */
  open: Set<string>;
}

/**
 * The resources that a template makes with these parameters, by logical id. What only CloudFormation
 * knows (attributes of resources, imports) stays as it is written, and so do both branches of a
 * condition that depends on it.
 */
export function resolveResources(
  content: unknown,
  parameters: Record<string, string>,
): Map<string, ResolvedResource> {
  const template = content as Json;
  const scope: Scope = {
    parameters: { ...defaultsOf(template), ...parameters },
    conditions: asObject(template.Conditions),
    mappings: asObject(template.Mappings),
    open: new Set(),
  };
  const resolved = new Map<string, ResolvedResource>();
  for (const [id, value] of Object.entries(asObject(template.Resources))) {
    const { Type, Properties, DeletionPolicy, Condition } = asObject(value);
    const is = isText(Condition) ? evaluate({ Condition }, scope) : true;
    if (is === false) continue;
    resolved.set(id, {
      ...(is === undefined && { uncertain: true as const }),
      type: String(Type),
      properties: asObject(resolve(Properties, scope)),
      deletionPolicy: DeletionPolicy as string | undefined,
    });
  }
  return resolved;
}

export const asObject = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Json)
    : {};

/** One thing is a list of one, as in policies. */
export const asList = (value: unknown): unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

function defaultsOf(template: Json): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asObject(template.Parameters))
      .map(([name, value]) => [name, asObject(value).Default] as const)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, String(value)]),
  );
}

/** A template may have anything where a name belongs. */
const isText = (value: unknown): value is string => typeof value === 'string';

/** `AWS::NoValue`: what is left out of its object or list. */
const noValue = Symbol('AWS::NoValue');

function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value
      .map(item => resolve(item, scope))
      .filter(item => item !== noValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1) {
    const [[name, argument]] = entries;
    if (Object.hasOwn(functions, name)) return functions[name](argument, scope);
  }
  return Object.fromEntries(
    entries
      .map(([key, item]) => [key, resolve(item, scope)] as const)
      .filter(([, item]) => item !== noValue),
  );
}

const functions: Record<string, (argument: any, scope: Scope) => unknown> = {
  Ref: (name, { parameters }) => {
    if (name === 'AWS::NoValue') return noValue;
    const known = isText(name) && Object.hasOwn(parameters, name);
    return known ? parameters[name] : { Ref: name };
  },
  'Fn::Sub': (argument, scope) => {
    const [text, own] = asList(argument);
    if (!isText(text)) return { 'Fn::Sub': argument };
    return text.replace(/\$\{([^!}][^}]*)\}/g, (whole, name) => {
      const value = Object.hasOwn(asObject(own), name)
        ? resolve(asObject(own)[name], scope)
        : scope.parameters[name];
      return typeof value === 'string' ? value : whole;
    });
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = asList(argument) as any[];
    const is = evaluate({ Condition: name }, scope);
    if (is !== undefined) return resolve(is ? yes : no, scope);
    return { 'Fn::If': [name, resolve(yes, scope), resolve(no, scope)] };
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = asList(resolve(argument, scope)) as any[];
    const known = [map, first, second].every(isText);
    const found = known
      ? asObject(asObject(scope.mappings[map])[first])[second]
      : undefined;
    return found ?? { 'Fn::FindInMap': [map, first, second] };
  },
};

/** Undefined where only CloudFormation knows. */
function evaluate(condition: unknown, scope: Scope): boolean | undefined {
  const [[name, argument] = []] = Object.entries(asObject(condition)) as [
    string,
    any,
  ][];
  const each = () => asList(argument ?? []).map(c => evaluate(c, scope));
  switch (name) {
    case 'Condition':
      return evaluateNamed(argument, scope);
    case 'Fn::Equals': {
      const [left, right] = asList(resolve(argument, scope));
      const known = [left, right].every(side => typeof side !== 'object');
      return known ? String(left) === String(right) : undefined;
    }
    case 'Fn::Not': {
      const [is] = each();
      return is === undefined ? undefined : !is;
    }
    case 'Fn::And': {
      const all = each();
      if (all.includes(false)) return false;
      return all.includes(undefined) ? undefined : true;
    }
    case 'Fn::Or': {
      const all = each();
      if (all.includes(true)) return true;
      return all.includes(undefined) ? undefined : false;
    }
    default:
      return undefined;
  }
}

function evaluateNamed(name: unknown, scope: Scope): boolean | undefined {
  if (!isText(name)) return undefined;
  if (scope.open.has(name) || !Object.hasOwn(scope.conditions, name)) {
    return undefined;
  }
  scope.open.add(name);
  const is = evaluate(scope.conditions[name], scope);
  scope.open.delete(name);
  return is;
}
