import { TemplateResource } from '../../template/evaluateTemplate';
import { asObject, isText, toText } from '../../template/json';
import { ArnsOfType, arnsOfTypes } from './arnsOfTypes';
import type { ReachScope } from './reachScope';

/**
 * Tells whether a value names a resource that the template makes in any case: by `Ref` or `Fn::GetAtt`, by the
 * whole ARN, or, if types are given, by the name that one of them gives it. What is below its ARN, as in
 * `${Bucket.Arn}/*`, belongs to it.
 *
 * @param types - that the resource may have; absent: any type, and names do not count
 */
export function isOwn(
  value: unknown,
  scope: ReachScope,
  types?: readonly string[],
): boolean {
  const text = toText(value);
  if (text.length > maxLength) return false;
  const isOfType = (resource: TemplateResource | undefined) =>
    resource !== undefined && (types?.includes(resource.type) ?? true);
  const referred = findReferred(text, scope, types === undefined);
  if (referred) return isOfType(referred);
  const { arns, names } = indexOf(scope);
  const arn = toArn(text, scope);
  if (arn !== undefined)
    return arnsAbove(arn).some(is => isOfType(arns.get(is)));
  return (types ?? []).some(type => isOfType(names.get(`${type} ${text}`)));
}

/** An ARN is shorter. */
const maxLength = 2_048;

/**
 * Finds the resource that a text refers to as a whole. A name may be any text, also an ARN: where a policy names
 * resources, only references that are ARNs count.
 */
function findReferred(
  text: string,
  { resources }: ReachScope,
  isArn: boolean,
): TemplateResource | undefined {
  const [, id, attribute, below] =
    /^\$\{([^.{}]+)(?:\.([^{}]+))?\}([/:].*)?$/.exec(text) ?? [];
  const referred = id === undefined ? undefined : resources.get(id);
  if (!referred || isFree(referred.type)) return undefined;
  const of = rowOf(referred.type);
  if (below !== undefined) {
    return attribute === 'Arn' && !of ? referred : undefined;
  }
  const last = referred.type.split('::').at(-1)!;
  if (attribute === undefined) {
    return !isArn || of?.ref === 'arn' ? referred : undefined;
  }
  const own = ['Arn', `${last}Arn`];
  const ids = ['Id', 'GroupId', 'AllocationId', `${last}Id`];
  return own.includes(attribute) || (!isArn && ids.includes(attribute))
    ? referred
    : undefined;
}

/** Types whose references can be any text. */
const isFree = (type: string) =>
  !/^AWS::(?!CloudFormation::|SSM::|ServiceCatalog::)/.test(type);

/** Returns a text as an ARN without its partition, with the references in it; undefined if it is none. */
function toArn(text: string, scope: ReachScope): string | undefined {
  const expanded = expand(expandValues(text, scope), scope);
  const [start] = /^arn:[a-z0-9-]+:/.exec(expanded) ?? [];
  return start === undefined || expanded.length > maxLength
    ? undefined
    : expanded.slice(start.length);
}

const references = /\$\{([^.{}]+)(?:\.([^{}]+))?\}/g;

/** Replaces references to the values of the template's own parameters in Parameter Store by the values. */
export function expandValues(text: string, { resources }: ReachScope): string {
  if (text.length > maxLength) return text;
  return text.replace(references, (whole, id, attribute) => {
    const { type, uncertain, properties } = resources.get(id) ?? {};
    const isKnown = type === 'AWS::SSM::Parameter' && !uncertain;
    if (!isKnown || attribute !== 'Value') return whole;
    const value = toText(properties?.Value);
    return value.length > maxLength ? whole : value;
  });
}

/** Replaces references to ARNs by ARNs; `${Id}` stays for the name that `Ref` returns. */
const expand = (text: string, scope: ReachScope) =>
  text.replace(references, (whole, id, attribute) => {
    const resource = scope.resources.get(id);
    const of = resource && rowOf(resource.type);
    if (!resource || !of) return whole;
    const isArn =
      attribute === undefined
        ? of.ref === 'arn'
        : attribute === 'Arn' ||
          attribute === `${resource.type.split('::').at(-1)}Arn`;
    if (isArn) return `arn:aws:${toArns(of, `\${${id}}`, resource, scope)[0]}`;
    return attribute !== undefined && attribute === of.name
      ? `\${${id}}`
      : whole;
  });

const rowOf = (type: string): ArnsOfType | undefined =>
  Object.hasOwn(arnsOfTypes, type) ? arnsOfTypes[type] : undefined;

function toArns(
  { arns }: ArnsOfType,
  name: string,
  { properties }: TemplateResource,
  { account, region }: ReachScope,
): string[] {
  const { Path } = properties;
  const path = isText(Path) && /^\/(.*\/)?$/.test(Path) ? Path : '/';
  const values: Record<string, string> = { account, region, path, name };
  return arns.map(arn => arn.replace(/\{(\w+)\}/g, (_, key) => values[key]));
}

/** Lists an ARN and what it may be below: at most 20 steps up. */
function arnsAbove(arn: string): string[] {
  const above = [...arn.matchAll(/[/:]/g)].slice(0, 20);
  return [
    arn,
    ...above.map(({ index, 0: by }) => `${arn.slice(0, index)}${by}`),
  ];
}

/** Resources by their ARNs, and by their types and names. */
interface Index {
  arns: ReadonlyMap<string, TemplateResource>;
  names: ReadonlyMap<string, TemplateResource>;
}

/**
 * A name that the template gives counts only if its resource is made in any case: else the name may be that of
 * another's.
 */
function indexOf(scope: ReachScope): Index {
  const known = indexes.get(scope.resources);
  if (known) return known;
  const [arns, names] = [
    new Map<string, TemplateResource>(),
    new Map<string, TemplateResource>(),
  ];
  for (const [id, resource] of scope.resources) {
    const of = rowOf(resource.type);
    if (!of) continue;
    const name = toGivenName(resource, of);
    if (name !== undefined) names.set(`${resource.type} ${name}`, resource);
    for (const each of [`\${${id}}`, ...(name === undefined ? [] : [name])]) {
      for (const arn of toArns(of, each, resource, scope)) {
        arns.set(arn, resource);
        if (of.below) arns.set(`${arn}${of.below}`, resource);
      }
    }
  }
  const index = { arns, names };
  indexes.set(scope.resources, index);
  return index;
}

const indexes = new WeakMap<ReachScope['resources'], Index>();

function toGivenName(
  { properties, uncertain }: TemplateResource,
  { name: path }: ArnsOfType,
): string | undefined {
  if (path === undefined || uncertain) return undefined;
  const name = path
    .split('.')
    .reduce<unknown>((value, key) => asObject(value)[key], properties);
  const isName = isText(name) && name !== '' && !/[*?${}]/.test(name);
  return isName ? name : undefined;
}
