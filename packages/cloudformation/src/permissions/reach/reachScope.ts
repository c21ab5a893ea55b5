import { TemplateResource } from '../../template/evaluateTemplate';
import { asObject, isText, toText } from '../../template/json';
import { AllowedReach } from '../../template/templateRules';
import { matches } from '../findUncovered';

/** A stack's own resources, and what its account lists beside them. */
export interface ReachScope {
  /** 12 digits. */
  account: string;
  resources: ReadonlyMap<string, TemplateResource>;
  /** Tags of the stack and its resources. */
  tags: Readonly<Record<string, string>>;
  /** What the rules allow beyond the stack. */
  reach: AllowedReach;
}

/** Finds the resource of the template whose name or ARN a value is: by `Ref`, `Fn::GetAtt` or `${Name}`. */
export function findReferred(
  value: unknown,
  { resources }: Pick<ReachScope, 'resources'>,
): TemplateResource | undefined {
  const [, id, attribute = 'Arn'] =
    /^\$\{([^.{}]+)(?:\.([^{}]+))?\}$/.exec(toText(value)) ?? [];
  const referred = id === undefined ? undefined : resources.get(id);
  const isName = /Arn$/.test(attribute) && !isFree(referred?.type ?? '');
  return isName ? referred : undefined;
}

/** Types whose references can be any text. */
const isFree = (type: string) =>
  /^(Custom::|AWS::(CloudFormation|SSM)::)/.test(type);

/**
 * Tells whether a value is the name or the ARN of a resource of the template, also with a path behind it, as
 * in `${Bucket.Arn}/*`. The type may be a prefix, such as `AWS::IAM::`.
 */
export function isOwn(
  value: unknown,
  scope: ReachScope,
  type: string,
): boolean {
  const isOfType = (resource: TemplateResource) =>
    resource.type === type ||
    (/(^|::)$/.test(type) && resource.type.startsWith(type));
  const referred = findReferred(value, scope);
  if (referred) return isOfType(referred);
  const text = toText(value);
  const [, bucket] = /^arn:[^:]+:s3:::(\$\{[^{}]+\})(?:\/|$)/.exec(text) ?? [];
  if (bucket) return isOwn(bucket, scope, 'AWS::S3::');
  const [, base] = /^(\$\{[^{}]+\})[/:]/.exec(text) ?? [];
  if (base) return isOwn(base, scope, type);
  return [...scope.resources.values()].some(
    resource =>
      isOfType(resource) &&
      listNames(resource).some(name => isNamed(text, name, scope)),
  );
}

/** Only the last part of an ARN is a name, and the account must be the stack's. */
function isNamed(text: string, name: string, { account }: ReachScope): boolean {
  if (text === name) return true;
  const [arn, , , , owner, ...rest] = text.split(':');
  const isHere = arn === 'arn' && (owner === account || owner === '');
  return isHere && rest.join(':').split(/[/:]/).at(-1) === name;
}

/** Lists the names that a template gives a resource: a `FunctionName` is that of a function only. */
function listNames({ type, properties }: TemplateResource): string[] {
  const own = ['Name', `${type.split('::').at(-1)}Name`];
  return own
    .filter(key => Object.hasOwn(properties, key))
    .map(key => properties[key])
    .filter(isText)
    .filter(name => name !== '' && !/[*?${}]/.test(name));
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
