import { asList, asObject, toCanonicalJson, toText } from '../../template/json';

/**
 * A permission that one resource of a template gives or denies: a statement of a policy, or its
 * equivalent. Texts may have `*` and `?`, as in policies; references are written as `${Name}`.
 */
export interface Grant {
  of: 'iam' | 'network';
  effect: 'Allow' | 'Deny';
  who: string[];
  actions: string[];
  on: string[];
  /** Empty if it always applies. */
  condition: string;
}

/** The properties of a resource. */
export type Properties = Record<string, unknown>;

/** The principal of a grant that names none. */
export const anyPrincipal = 'any principal';

/** Makes a grant, by default an unconditional one that allows and belongs to IAM. */
export function toGrant(grant: Partial<Grant>): Grant {
  return {
    of: 'iam',
    effect: 'Allow',
    who: [],
    actions: [],
    on: ['*'],
    condition: '',
    ...grant,
  };
}

/** Returns grants for a value that cannot be read: it may allow, and it may deny. */
export function toUnreadGrants(
  value: unknown,
  who: string[] = [anyPrincipal],
): Grant[] {
  const actions = [`anything in ${toText(value)}`];
  return (['Allow', 'Deny'] as const).map(effect =>
    toGrant({ effect, who, actions }),
  );
}

/** Tells whether a value is a function in place of an object or a list, evaluated only by CloudFormation. */
export function isFunction(value: unknown): boolean {
  const [name, ...others] = Object.keys(asObject(value));
  return others.length === 0 && /^(Ref$|Fn::)/.test(name ?? '');
}

/** Returns each item of a list as text, with a prefix. */
export const toTexts = (value: unknown, prefix = '') =>
  asList(value).map(item => prefix + toText(item));

/** Returns a condition as text that can be compared; empty without a condition. */
export function toConditionText(condition: unknown): string {
  const entries = Object.entries(asObject(condition)).filter(
    ([, value]) => value !== undefined,
  );
  return entries.length > 0 ? toCanonicalJson(Object.fromEntries(entries)) : '';
}
