/** A resource with parameters and conditions worked out, as far as a template tells. */
export interface ResolvedResource {
  type: string;
  properties: Record<string, unknown>;
  /** `Retain`, `Snapshot`…; what is no text, such as a macro's function, is not told. */
  deletionPolicy?: string;
  /** The same of a resource that is replaced. */
  updateReplacePolicy?: string;
  /** Its condition depends on what only CloudFormation knows. */
  uncertain?: true;
}

type Json = Record<string, unknown>;

interface Scope {
  parameters: Record<string, string | string[]>;
  conditions: Json;
  mappings: Json;
  /** Conditions being worked out, so that a circle ends. */
  open: Set<string>;
  /** Whether it is so, of what only CloudFormation knows, by its text. */
  decide: (question: string) => boolean | undefined;
}

/**
 * The resources that a template makes with these parameters, by logical id. What only CloudFormation
 * knows (attributes of resources, imports) stays as it is written, and so do both branches of a
 * condition that depends on it, unless it is decided.
 *
 * @param parameters - pseudo parameters, such as `AWS::Region`, may be among them
 * @param decide - answers what a condition asks that only CloudFormation knows
 */
export function resolveResources(
  content: unknown,
  parameters: Record<string, string>,
  decide: Scope['decide'] = () => undefined,
): Map<string, ResolvedResource> {
  const template = content as Json;
  const scope: Scope = {
    parameters: toValues(template, parameters),
    conditions: asObject(template.Conditions),
    mappings: asObject(template.Mappings),
    open: new Set(),
    decide,
  };
  const resolved = new Map<string, ResolvedResource>();
  for (const [id, value] of Object.entries(asObject(template.Resources))) {
    const { Type, Properties, Condition, ...rest } = asObject(value);
    const is = isText(Condition) ? evaluate({ Condition }, scope) : true;
    if (is === false) continue;
    resolved.set(id, {
      ...(is === undefined && { uncertain: true as const }),
      type: String(Type),
      properties: asObject(resolve(Properties, scope)),
      deletionPolicy: toName(rest.DeletionPolicy),
      updateReplacePolicy: toName(rest.UpdateReplacePolicy),
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

/** Values by the type of each parameter; those that CloudFormation takes from elsewhere are not known. */
function toValues(
  template: Json,
  given: Record<string, string>,
): Scope['parameters'] {
  const values: Scope['parameters'] = { ...given };
  for (const [name, value] of Object.entries(asObject(template.Parameters))) {
    const { Type, Default } = asObject(value);
    const text = Object.hasOwn(given, name) ? given[name] : Default;
    if (text === undefined || String(Type).startsWith('AWS::SSM::')) {
      delete values[name];
    } else if (isSecret(text)) {
      values[name] = text;
    } else if (/^(CommaDelimitedList|List<)/.test(String(Type))) {
      values[name] = String(text)
        .split(',')
        .map(item => item.trim());
    } else values[name] = String(text);
  }
  return values;
}

/**
 * The value of a parameter that nobody may know: it stays a reference. One that is given anew is not the
 * same as the one that is there, and so has another name.
 */
export const toSecret = (name: string, given = false): string =>
  `\0${name}${given ? ' (given)' : ''}`;

const isSecret = (value: unknown): value is string =>
  isText(value) && value.startsWith('\0');

/** A template may have anything where a name belongs. */
const isText = (value: unknown): value is string => typeof value === 'string';

const toName = (value: unknown) => (isText(value) ? value : undefined);

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText);

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
    const value = known ? parameters[name] : undefined;
    if (isSecret(value)) return { Ref: value.slice(1) };
    return value ?? { Ref: name };
  },
  'Fn::Sub': (argument, scope) => {
    const [text, own] = asList(argument);
    if (!isText(text)) return { 'Fn::Sub': argument };
    return text.replace(/\$\{([^!}][^}]*)\}/g, (whole, name) => {
      if (Object.hasOwn(asObject(own), name)) {
        return toText(resolve(asObject(own)[name], scope));
      }
      const value = scope.parameters[name];
      if (isSecret(value)) return `\${${value.slice(1)}}`;
      return isText(value) ? value : whole;
    });
  },
  'Fn::Join': (argument, scope) => {
    const [by, parts] = asList(resolve(argument, scope));
    return isText(by) && isTexts(parts)
      ? parts.join(by)
      : { 'Fn::Join': [by, parts] };
  },
  'Fn::Split': (argument, scope) => {
    const [by, text] = asList(resolve(argument, scope));
    return isText(by) && by !== '' && isText(text)
      ? text.split(by)
      : { 'Fn::Split': [by, text] };
  },
  'Fn::Select': (argument, scope) => {
    const [at, from] = asList(resolve(argument, scope));
    const found = Array.isArray(from) ? from[Number(at)] : undefined;
    return found ?? { 'Fn::Select': [at, from] };
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
      if (known) return String(left) === String(right);
      return scope.decide(canonical([name, left, right]));
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
      return scope.decide(canonical(condition));
  }
}

function evaluateNamed(name: unknown, scope: Scope): boolean | undefined {
  const isThere = isText(name) && Object.hasOwn(scope.conditions, name);
  if (!isThere || scope.open.has(name)) {
    return scope.decide(canonical(['Condition', name]));
  }
  scope.open.add(name);
  const is = evaluate(scope.conditions[name], scope);
  scope.open.delete(name);
  return is;
}

/**
 * A value as text. References stand as `${Name}`, so that what is around them can be compared; what is
 * neither text nor reference stands as `${…}` too, without wildcards.
 */
export function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1) {
    if (name === 'Ref') return `\${${toText(argument)}}`;
    if (name === 'Fn::GetAtt') {
      return `\${${asList(argument).map(toText).join('.')}}`;
    }
    if (name === 'Fn::Sub' && isText(argument)) return argument;
    if (name === 'Fn::Join' && asList(argument)[0] === '') {
      return asList(asList(argument)[1]).map(toText).join('');
    }
  }
  return `\${${canonical(value).replace(/[*?]/g, encodeURIComponent)}}`;
}

/** The same text for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}
