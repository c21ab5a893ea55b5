import { TemplateResource } from '../../template/evaluateTemplate';
import { asList, asObject, isText, toText } from '../../template/json';
import { isEscalating } from './escalatingActions';
import { listAllowing, Statement } from './policyStatements';
import { branchesOf, isListed, isOwn, ReachScope } from './reachScope';

type Properties = Record<string, unknown>;

/** Lists what the policies of an IAM resource allow beyond its stack, one line each. */
export function listIdentityReach(
  { type, properties: p }: TemplateResource,
  scope: ReachScope,
): string[] {
  if (!type.startsWith('AWS::IAM::')) return [];
  return [
    ...listDocuments(p)
      .flatMap(listAllowing)
      .flatMap(statement => listStatementReach(statement, scope)),
    ...branchesOf(p.ManagedPolicyArns)
      .filter(arn => !isAllowedPolicy(arn, scope))
      .map(arn => `has the policy ${toText(arn)}, which is not listed`),
  ];
}

const listDocuments = (p: Properties): unknown[] => [
  ...(p.PolicyDocument === undefined ? [] : [p.PolicyDocument]),
  ...branchesOf(p.Policies).map(
    policy => asObject(policy).PolicyDocument ?? {},
  ),
];

/** AWS's own policies that templates may use without being listed: none gives rights over others. */
const managedPolicies = [
  'AWSXRayDaemonWriteAccess',
  'AmazonSSMManagedInstanceCore',
  'CloudWatchLambdaInsightsExecutionRolePolicy',
  'service-role/AWSGlueServiceRole',
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaKinesisExecutionRole',
  'service-role/AWSLambdaSQSQueueExecutionRole',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'service-role/AmazonEMRServicePolicy_v2',
].map(name => new RegExp(`^arn:[a-z-]+:iam::aws:policy/${name}$`));

const isAllowedPolicy = (arn: unknown, scope: ReachScope) =>
  isOwn(arn, scope, 'AWS::IAM::ManagedPolicy') ||
  managedPolicies.some(policy => policy.test(toText(arn))) ||
  isListed(arn, scope.reach.allowedManagedPolicies);

function listStatementReach(statement: Statement, scope: ReachScope): string[] {
  if (statement === 'unread') {
    return ['allows what only CloudFormation knows'];
  }
  const { Action, NotAction, Resource, NotResource } = statement;
  if (NotAction !== undefined || Action === undefined) {
    return ['allows every action that it does not name'];
  }
  const on = branchesOf(Resource);
  return branchesOf(Action).flatMap(action => {
    const name = isText(action) ? action : '*';
    const beyond =
      NotResource === undefined && on.length > 0
        ? on.filter(each => isBeyond(name, each, statement, scope))
        : ['resources that it does not name'];
    return beyond.length > 0
      ? `allows ${toText(action)} on ${beyond.map(toText).join(', ')}`
      : [];
  });
}

/** Tells whether an action on a resource reaches what is not the stack's. */
function isBeyond(
  action: string,
  resource: unknown,
  statement: Properties,
  scope: ReachScope,
): boolean {
  const text = toText(resource);
  const [service] = action.split(':');
  // all of a service, or all services, on all resources
  if (/[*?]/.test(service)) return true;
  const mayBeAny = isEverything(text) || isUnknown(text, scope);
  if (mayBeAny && /^([^:]*:\*+|s3:put.*)$/i.test(action)) return true;
  return (
    isEscalating(action) &&
    !isOwn(resource, scope, '') &&
    !hasOwnTag(statement, scope) &&
    !(
      /^iam:passrole$/i.test(action) &&
      isListed(text, scope.reach.passableRoles)
    )
  );
}

/** `*`, and an ARN whose name is only wildcards. */
const isEverything = (text: string) =>
  /^[*?]+$/.test(text) ||
  /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([a-z-]+[/:])?[*?][*?/]*/.test(text);

/** A reference that names no resource of the template may stand for anything. */
function isUnknown(text: string, { resources }: ReachScope): boolean {
  const [, id] = /^\$\{([^.{}]*)/.exec(text) ?? [];
  return id !== undefined && !resources.has(id);
}

/** A condition on a tag of the stack's resources leaves only those of its owner. */
function hasOwnTag({ Condition }: Properties, { tags }: ReachScope): boolean {
  const equals = asObject(asObject(Condition).StringEquals);
  return Object.entries(equals).some(([key, value]) => {
    const [, tag] = /^[a-z0-9-]+:ResourceTag\/(.+)$/.exec(key) ?? [];
    return (
      tag !== undefined &&
      Object.hasOwn(tags, tag) &&
      asList(value).every(each => each === tags[tag])
    );
  });
}
