import { TemplateResource } from '../../template/evaluateTemplate';
import { isText, toText } from '../../template/json';
import { isFunction } from '../grants/grant';
import { isOwn } from './isOwn';
import { branchesOf, isListed, ReachScope } from './reachScope';

/** Lists the roles of others that a resource would act as, one line each. */
export function listPassedRoleReach(
  { type, properties }: TemplateResource,
  scope: ReachScope,
): string[] {
  if (type.startsWith('AWS::IAM::')) return [];
  return listRoles(properties)
    .filter(
      ([name, role]) =>
        !isOwn(role, scope, [toType(name)]) &&
        !isListed(role, scope.reach.passableRoles) &&
        !isServiceLinked(role, scope),
    )
    .map(
      ([name, role]) =>
        `acts as ${name} ${toText(role)}, which is not of this template`,
    );
}

const toType = (property: string) =>
  /Profile$/.test(property) ? 'AWS::IAM::InstanceProfile' : 'AWS::IAM::Role';

/** Only its own service can use it. */
const isServiceLinked = (role: unknown, { account }: ReachScope) =>
  new RegExp(`^arn:[a-z-]+:iam::${account}:role/aws-service-role/`).test(
    toText(role),
  );

/** Lists the properties that name a role or an instance profile, at any depth. */
function listRoles(properties: Record<string, unknown>): [string, unknown][] {
  const found: [string, unknown][] = [];
  let level: [string, unknown][] = Object.entries(properties);
  while (level.length > 0) {
    for (const [name, value] of level) {
      if (!/(Role|RoleArn|RoleARN|InstanceProfile)$/.test(name)) continue;
      for (const role of branchesOf(value)) {
        const isNamed = isText(role) ? role !== '' : isFunction(role);
        if (isNamed) found.push([name, role]);
      }
    }
    level = level.flatMap(([name, value]) => entriesOf(name, value));
  }
  return found;
}

/** Names of variables are the user's, not properties. */
function entriesOf(name: string, value: unknown): [string, unknown][] {
  if (name === 'Variables' || typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value);
}
