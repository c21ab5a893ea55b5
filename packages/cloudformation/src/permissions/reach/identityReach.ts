import { TemplateResource } from '../../template/evaluateTemplate';
import { asObject, isText, toText } from '../../template/json';
import { isEscalating } from './escalatingActions';
import { expandValues, isOwn } from './isOwn';
import { isLimitedByTags } from './ownTags';
import { listAllowing, Statement } from './policyStatements';
import { branchesOf, isListed, ReachScope } from './reachScope';
import { isHarmless } from './readingActions';
import { isShared } from './sharedResources';

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
  isOwn(arn, scope, ['AWS::IAM::ManagedPolicy']) ||
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
  const actions = new Set(
    branchesOf(Action).map(action => (isText(action) ? action : '*')),
  );
  const beyond = [...actions]
    .map(action => ({ action, on: listBeyond(action, on, statement, scope) }))
    .filter(each => each.on.length > 0)
    .sort((a, b) => rank(a.action) - rank(b.action));
  if (beyond.length === 0) return [];
  const resources = new Set(
    beyond.flatMap(each => each.on.slice(0, maxListed)),
  );
  const names = beyond.map(({ action }) => action);
  return [`allows ${toList(names)} on ${toList([...resources])}`];
}

/** The widest and worst first. */
const rank = (action: string) =>
  [/^[^:]*[*?]/.test(action), isEscalating(action), true].indexOf(true);

/** More are counted. */
const maxListed = 4;

const toList = (texts: readonly string[]) =>
  texts.length > maxListed
    ? `${texts.slice(0, maxListed).join(', ')} and ${
        texts.length - maxListed
      } more`
    : texts.join(', ');

/** The resources of a statement, by what an action on them reaches. */
interface Targets {
  all: string[];
  /** Not the stack's. */
  others: string[];
  /** Neither the stack's nor listed as roles that may be passed. */
  unpassable: string[];
  /** Neither the stack's nor shared by all. */
  foreign: string[];
}

function toTargets(statement: Properties, scope: ReachScope): Targets {
  const { Resource, NotResource } = statement;
  const on = NotResource === undefined ? branchesOf(Resource) : [];
  if (on.length === 0) {
    const rest = ['resources that it does not name'];
    return { all: rest, others: rest, unpassable: rest, foreign: rest };
  }
  const all = [...new Set(on.map(each => expandValues(toText(each), scope)))];
  const others = all.filter(text => !isOwn(text, scope));
  return {
    all,
    others,
    unpassable: others.filter(
      text => !isListed(text, scope.reach.passableRoles),
    ),
    foreign: others.filter(text => !isShared(text, scope)),
  };
}

/** Lists the resources of others that an action reaches. */
function listBeyond(
  action: string,
  targets: Targets,
  { Condition }: Properties,
  scope: ReachScope,
): string[] {
  // of all services
  if (/^[^:]*[*?]/.test(action)) return targets.all;
  if (isLimitedByTags(Condition, action, scope)) return [];
  if (/^iam:passrole$/i.test(action)) return targets.unpassable;
  if (isEscalating(action)) return targets.others;
  return isHarmless(action) ? [] : targets.foreign;
}
