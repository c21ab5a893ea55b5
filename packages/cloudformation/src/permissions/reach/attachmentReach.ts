import { TemplateResource } from '../../template/evaluateTemplate';
import { asList, asObject, toText } from '../../template/json';
import { isFunction } from '../grants/grant';
import { attachments } from './attachments';
import { expandValues, isOwn } from './isOwn';
import { branchesOf, isListed, ReachScope } from './reachScope';
import { isShared } from './sharedResources';

/** Lists the resources of others that a resource changes or acts on, one line each. */
export function listAttachmentReach(
  resource: TemplateResource,
  scope: ReachScope,
): string[] {
  const { type, properties } = resource;
  const targets = Object.hasOwn(attachments, type) ? attachments[type] : {};
  return Object.entries(targets).flatMap(([property, ofType]) => {
    const others = new Set(
      readPath(properties, property.split('.'))
        .filter(target => !isOwn(target, scope, [ofType]))
        .map(toText),
    );
    return [...others]
      .filter(target => !isAllowed(target, property, resource, scope))
      .map(
        target =>
          `changes ${property} ${target}, which is not of this template`,
      );
  });
}

/** Reads the values at a path; a function on the way stands for them. */
function readPath(value: unknown, [key, ...rest]: string[]): unknown[] {
  if (key === undefined) return branchesOf(value);
  return branchesOf(value).flatMap(each =>
    isFunction(each) ? [each] : readPath(asObject(each)[key], rest),
  );
}

/** An alarm may notify any topic of its account. */
function isAllowed(
  target: string,
  property: string,
  { type, properties }: TemplateResource,
  scope: ReachScope,
): boolean {
  const { account, reach } = scope;
  switch (property) {
    case 'AlarmActions':
    case 'InsufficientDataActions':
    case 'OKActions':
      return new RegExp(`^arn:[a-z0-9-]+:sns:[^:]*:${account}:[^:]+$`).test(
        target,
      );
    case 'Resource.DataLocation.ResourceArn':
      return isShared(expandValues(target, scope), scope);
    case 'RoleName':
    case 'Roles':
      return (
        type !== 'AWS::IAM::InstanceProfile' &&
        isListed(target, reach.attachableRoles) &&
        !denies(properties.PolicyDocument)
      );
    default:
      return false;
  }
}

/** On a role that others use too, a denial takes rights from them. */
const denies = (document: unknown): boolean =>
  branchesOf(asObject(document).Statement).some(
    statement => asObject(statement).Effect !== 'Allow',
  ) || asList(asObject(document).Statement).length === 0;
