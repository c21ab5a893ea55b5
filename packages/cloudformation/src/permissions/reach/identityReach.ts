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
  const { Action, NotAction } = statement;
  if (NotAction !== undefined || Action === undefined) {
    return ['allows every action that it does not name'];
  }
  const on = toTargets(statement, scope);
  const beyond = branchesOf(Action)
    .map(action => (isText(action) ? action : '*'))
    .map(action => ({ action, on: listBeyond(action, on) }))
    .filter(each => each.on.length > 0);
  if (beyond.length === 0) return [];
  const resources = new Set(
    beyond.flatMap(each => each.on.slice(0, maxListed)),
  );
  return [
    `allows ${toList(beyond.map(({ action }) => action))} on ${toList([
      ...resources,
    ])}`,
  ];
}

/** More are counted. */
const maxListed = 4;

const toList = (texts: readonly string[]) =>
  texts.length > maxListed
    ? `${texts.slice(0, maxListed).join(', ')} and more`
    : texts.join(', ');

/** The resources of a statement, by what an action on them reaches. */
interface Targets {
  all: string[];
  /** May be any resource. */
  any: string[];
  /** Not the stack's. */
  others: string[];
  /** Neither the stack's nor listed as roles that may be passed. */
  unpassable: string[];
}

function toTargets(statement: Properties, scope: ReachScope): Targets {
  const { Resource, NotResource } = statement;
  const on = NotResource === undefined ? branchesOf(Resource) : [];
  if (on.length === 0) {
    const rest = ['resources that it does not name'];
    return { all: rest, any: rest, others: rest, unpassable: rest };
  }
  const hasTag = hasOwnTag(statement, scope);
  const others = on
    .filter(each => !hasTag && !isOwn(each, scope, ''))
    .map(toText);
  const all = on.map(toText);
  return {
    all,
    any: all.filter(text => isEverything(text) || isUnknown(text, scope)),
    others,
    unpassable: others.filter(
      text => !isListed(text, scope.reach.passableRoles),
    ),
  };
}

/** Lists the resources of others that an action reaches. */
function listBeyond(action: string, targets: Targets): string[] {
  // of all services
  if (/^[^:]*[*?]/.test(action)) return targets.all;
  if (/^iam:passrole$/i.test(action)) return targets.unpassable;
  if (isEscalating(action)) return targets.others;
  return /^([^:]*:\*+|s3:put.*)$/i.test(action) ? targets.any : [];
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
