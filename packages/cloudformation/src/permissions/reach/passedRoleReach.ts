import { TemplateResource } from '../../template/evaluateTemplate';
import { isText, toText } from '../../template/json';
import { isFunction } from '../grants/grant';
import { isOwn } from './isOwn';
import { readElsewhere } from './accountReach';
import { branchesOf, isListed, ReachScope } from './reachScope';

/** Lists the roles of others that a resource would act as, one line each. */
export function listPassedRoleReach(
  { type, properties }: TemplateResource,
  scope: ReachScope,
): string[] {
  // a parameter only holds a text
  if (/^AWS::(IAM::|SSM::Parameter$)/.test(type)) return [];
  return listRoles(properties)
    .filter(
      ([name, role]) =>
        !isOwn(role, scope, [toType(name, role)]) &&
        !isListed(role, scope.reach.passableRoles) &&
        !isServiceLinked(role, scope),
    )
    .map(
      ([name, role]) =>
        `acts as ${name} ${toText(role)}, which is not of this template`,
    );
}

const toType = (property: string, value: unknown) =>
  /Profile$/.test(property) || /:instance-profile\//.test(toText(value))
    ? 'AWS::IAM::InstanceProfile'
    : 'AWS::IAM::Role';

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
      if (!roleNames.test(name)) {
        found.push(...listRoleArns(name, value));
        continue;
      }
      for (const role of branchesOf(value)) {
        const isNamed = isText(role) ? role !== '' : isFunction(role);
        if (isNamed) found.push([name, role]);
      }
    }
    level = level.flatMap(([name, value]) => entriesOf(name, value));
  }
  return found;
}

const roleNames =
  /(Role|RoleArns?|RoleARN|IamRoles|InstanceProfile|Credentials|CredentialsArn|PermissionArn)$/;

/** Finds the roles in any other text, such as the definition of a state machine. */
const listRoleArns = (name: string, value: unknown): [string, unknown][] =>
  isText(value)
    ? [...new Set(value.match(roleArns))].map(arn => [name, arn])
    : [];

const roleArns =
  /arn:[a-z0-9-]+:iam::\d{12}:(?:role|instance-profile)\/[\w+=,.@/-]+/g;

/** Names of variables are the user's, not properties; policies and principals have rules of their own. */
function entriesOf(name: string, value: unknown): [string, unknown][] {
  const isElsewhere = name === 'Variables' || readElsewhere.includes(name);
  if (isElsewhere || typeof value !== 'object' || value === null) return [];
  if (roleNames.test(name)) {
    if (isFunction(value)) return [];
    if (Array.isArray(value)) {
      return value.filter(each => !isText(each)).map(each => [name, each]);
    }
  }
  return name.endsWith('InstanceProfile')
    ? Object.values(value).map(each => [name, each])
    : Object.entries(value);
}
