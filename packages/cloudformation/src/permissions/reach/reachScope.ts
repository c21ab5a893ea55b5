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
  return toNames(text, scope)
    .flatMap(name => namesOf(scope.resources).get(name) ?? [])
    .some(isOfType);
}

/** A text is a name, or an ARN whose last part is one: of the stack's account. */
function toNames(text: string, { account }: ReachScope): string[] {
  const [arn, , , , owner, ...rest] = text.slice(0, 2_048).split(':');
  const isHere = arn === 'arn' && (owner === account || owner === '');
  return isHere ? [rest.join(':').split(/[/:]/).at(-1)!] : [text];
}

type Resources = ReachScope['resources'];

/** Lists resources by the names that their template gives them: `FunctionName` names a function only. */
function namesOf(resources: Resources): Map<string, TemplateResource[]> {
  const known = indexes.get(resources);
  if (known) return known;
  const index = new Map<string, TemplateResource[]>();
  for (const resource of resources.values()) {
    const { type, properties } = resource;
    for (const key of ['Name', `${type.split('::').at(-1)}Name`]) {
      const name = Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (!isText(name) || name === '' || /[*?${}]/.test(name)) continue;
      index.set(name, [...(index.get(name) ?? []), resource]);
    }
  }
  indexes.set(resources, index);
  return index;
}

const indexes = new WeakMap<Resources, Map<string, TemplateResource[]>>();

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
