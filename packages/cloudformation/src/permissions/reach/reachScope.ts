import { TemplateResource } from '../../template/evaluateTemplate';
import { asObject, toText } from '../../template/json';
import { AllowedReach } from '../../template/templateRules';
import { matches } from '../findUncovered';

/** A stack's own resources, and what its account lists beside them. */
export interface ReachScope {
  /** 12 digits. */
  account: string;
  region: string;
  resources: ReadonlyMap<string, TemplateResource>;
  /** Tags of the stack and its resources. */
  tags: Readonly<Record<string, string>>;
  /** What the rules allow beyond the stack. */
  reach: AllowedReach;
}

/** Tells whether a list of the rules has a value; entries may have `*` and `?`. */
export const isListed = (
  value: unknown,
  listed: readonly string[] = [],
): boolean => listed.some(entry => matches(entry, toText(value)));

/** Returns a value as a list, with both branches of a condition that only CloudFormation can decide. */
export function branchesOf(value: unknown): unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap(branchesOf);
  const choice = asObject(value)['Fn::If'];
  if (Array.isArray(choice) && choice.length === 3) {
    return choice.slice(1).flatMap(branchesOf);
  }
  return asObject(value).Ref === 'AWS::NoValue' ? [] : [value];
}
