import { asList, asObject, isText, toCanonicalJson, toText } from './json';
import { isSecretReference, toSecretName } from './secretReference';
import { sizeOf, spend, Steps } from './steps';
import { replaceReferences } from './subReferences';

/** The values that the functions of a template refer to. @public */
export interface Scope {
  parameters: Record<string, string | string[]>;
  conditions: Record<string, unknown>;
  mappings: Record<string, unknown>;
  /** Conditions under evaluation, so that a circle ends. */
  open: Set<string>;
  /** The result of each condition, which is evaluated once. */
  results: Map<string, boolean | undefined>;
  /** The work that is left. */
  steps: { left: number };
  /** Decides a question that only CloudFormation can answer, by its text. */
  decide: (question: string) => boolean | undefined;
}

/** Stands for `AWS::NoValue`, which is left out of its object or list. */
const noValue = Symbol('AWS::NoValue');

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every(isText);

/** Evaluates the functions in a value; a function that only CloudFormation can evaluate stays. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  spend(scope.steps, isText(value) ? 1 + value.length : 1);
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
  Ref: (name, { parameters, steps }) => {
    if (name === 'AWS::NoValue') return noValue;
    const known = isText(name) && Object.hasOwn(parameters, name);
    const value = known ? parameters[name] : undefined;
    if (isSecretReference(value)) return { Ref: toSecretName(value) };
    return charged(value, steps) ?? { Ref: name };
  },
  'Fn::Sub': (argument, scope) => {
    const [text, own] = asList(argument);
    if (!isText(text)) return { 'Fn::Sub': argument };
    const values = toOwnValues(own, scope);
    spend(scope.steps, text.length);
    return replaceReferences(text, (whole, name) => {
      const value = values.get(name) ?? toSubstitute(name, scope) ?? whole;
      spend(scope.steps, value.length);
      return value;
    });
  },
  'Fn::Join': (argument, scope) => {
    const [by, parts] = asList(resolveValue(argument, scope));
    if (!isText(by) || !isTexts(parts)) return { 'Fn::Join': [by, parts] };
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    spend(scope.steps, length + by.length * parts.length);
    return parts.join(by);
  },
  'Fn::Split': (argument, scope) => {
    const [by, text] = asList(resolveValue(argument, scope));
    return isText(by) && by !== '' && isText(text)
      ? charged(text.split(by), scope.steps)
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
    return (
      charged(found, scope.steps) ?? { 'Fn::FindInMap': [map, first, second] }
    );
  },
};

/** A value that is used in many places counts in each. */
function charged<T>(value: T, steps: Steps): T {
  spend(steps, sizeOf(value, steps.left));
  return value;
}

/** Evaluates the values that `Fn::Sub` has of its own, each once. */
const toOwnValues = (own: unknown, scope: Scope) =>
  new Map(
    Object.entries(asObject(own)).map(([name, value]) => {
      const text = toText(resolveValue(value, scope));
      spend(scope.steps, text.length);
      return [name, text];
    }),
  );

/** Returns the text of a parameter; undefined if only CloudFormation knows it. */
function toSubstitute(name: string, scope: Scope): string | undefined {
  const { parameters } = scope;
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (isSecretReference(value)) return `\${${toSecretName(value)}}`;
  return isText(value) ? value : undefined;
}

/** Evaluates a condition; undefined if only CloudFormation can. */
export function evaluateCondition(
  condition: unknown,
  scope: Scope,
): boolean | undefined {
  spend(scope.steps, 1);
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
  const { conditions, open, results, decide } = scope;
  const isThere = isText(name) && Object.hasOwn(conditions, name);
  if (!isThere || open.has(name) || open.size >= maxNesting) {
    return decide(toCanonicalJson(['Condition', name]));
  }
  if (results.has(name)) return results.get(name);
  open.add(name);
  const is = evaluateCondition(conditions[name], scope);
  open.delete(name);
  results.set(name, is);
  return is;
}

/** Conditions that refer to conditions, one in the other; a template that is deployed may have as many. */
export const maxNesting = 100;
