import { asList, asObject, isText, toCanonicalJson, toText } from './json';
import { isSecretReference, toSecretName } from './secretReference';

/** The values that the functions of a template refer to. @public */
export interface Scope {
  parameters: Record<string, string | string[]>;
  conditions: Record<string, unknown>;
  mappings: Record<string, unknown>;
  /** Conditions under evaluation, so that a circle ends. */
  open: Set<string>;
  /** Decides a question that only CloudFormation can answer, by its text. */
  decide: (question: string) => boolean | undefined;
}

/** Stands for `AWS::NoValue`, which is left out of its object or list. */
const noValue = Symbol('AWS::NoValue');

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText);

/** Evaluates the functions in a value; a function that only CloudFormation can evaluate stays. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value
      .map(item => resolveValue(item, scope))
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
      .map(([key, item]) => [key, resolveValue(item, scope)] as const)
      .filter(([, item]) => item !== noValue),
  );
}

const functions: Record<string, (argument: any, scope: Scope) => unknown> = {
  Ref: (name, { parameters }) => {
    if (name === 'AWS::NoValue') return noValue;
    const known = isText(name) && Object.hasOwn(parameters, name);
    const value = known ? parameters[name] : undefined;
    if (isSecretReference(value)) return { Ref: toSecretName(value) };
    return value ?? { Ref: name };
  },
  'Fn::Sub': (argument, scope) => {
    const [text, own] = asList(argument);
    if (!isText(text)) return { 'Fn::Sub': argument };
    return text.replace(/\$\{([^!}][^}]*)\}/g, (whole, name) => {
      if (Object.hasOwn(asObject(own), name)) {
        return toText(resolveValue(asObject(own)[name], scope));
      }
      const value = scope.parameters[name];
      if (isSecretReference(value)) return `\${${toSecretName(value)}}`;
      return isText(value) ? value : whole;
    });
  },
  'Fn::Join': (argument, scope) => {
    const [by, parts] = asList(resolveValue(argument, scope));
    return isText(by) && isTexts(parts)
      ? parts.join(by)
      : { 'Fn::Join': [by, parts] };
  },
  'Fn::Split': (argument, scope) => {
    const [by, text] = asList(resolveValue(argument, scope));
    return isText(by) && by !== '' && isText(text)
      ? text.split(by)
      : { 'Fn::Split': [by, text] };
  },
  'Fn::Select': (argument, scope) => {
    const [at, from] = asList(resolveValue(argument, scope));
    const found = Array.isArray(from) ? from[Number(at)] : undefined;
    return found ?? { 'Fn::Select': [at, from] };
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = asList(argument) as any[];
    const is = evaluateCondition({ Condition: name }, scope);
    if (is !== undefined) return resolveValue(is ? yes : no, scope);
    return {
      'Fn::If': [name, resolveValue(yes, scope), resolveValue(no, scope)],
    };
  },
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = asList(resolveValue(argument, scope)) as any[];
    const known = [map, first, second].every(isText);
    const found = known
      ? asObject(asObject(scope.mappings[map])[first])[second]
      : undefined;
    return found ?? { 'Fn::FindInMap': [map, first, second] };
  },
};

/** Evaluates a condition; undefined if only CloudFormation can. */
export function evaluateCondition(
  condition: unknown,
  scope: Scope,
): boolean | undefined {
  const [[name, argument] = []] = Object.entries(asObject(condition)) as [
    string,
    any,
  ][];
  const each = () =>
    asList(argument ?? []).map(c => evaluateCondition(c, scope));
  switch (name) {
    case 'Condition':
      return evaluateNamed(argument, scope);
    case 'Fn::Equals': {
      const [left, right] = asList(resolveValue(argument, scope));
      const known = [left, right].every(side => typeof side !== 'object');
      if (known) return String(left) === String(right);
      return scope.decide(toCanonicalJson([name, left, right]));
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
      return scope.decide(toCanonicalJson(condition));
  }
}

function evaluateNamed(name: unknown, scope: Scope): boolean | undefined {
  const isThere = isText(name) && Object.hasOwn(scope.conditions, name);
  if (!isThere || scope.open.has(name)) {
    return scope.decide(toCanonicalJson(['Condition', name]));
  }
  scope.open.add(name);
  const is = evaluateCondition(scope.conditions[name], scope);
  scope.open.delete(name);
  return is;
}
