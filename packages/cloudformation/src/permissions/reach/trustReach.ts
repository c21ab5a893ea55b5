import { TemplateResource } from '../../template/evaluateTemplate';
import { asList, asObject, isText, toText } from '../../template/json';
import { listAllowing, Statement } from './policyStatements';
import { isOwn } from './isOwn';
import { branchesOf, isListed, ReachScope } from './reachScope';

type Properties = Record<string, unknown>;

/** Lists the principals outside the account that a resource trusts, one line each. */
export function listTrustReach(
  { type, properties: p }: TemplateResource,
  scope: ReachScope,
): string[] {
  // an endpoint's policy limits the endpoint: it opens no resource
  if (type === 'AWS::EC2::VPCEndpoint') return [];
  const isIdentity = type.startsWith('AWS::IAM::');
  const documents = isIdentity
    ? branchesOf(p.AssumeRolePolicyDocument)
    : policyProperties.flatMap(name => branchesOf(p[name]));
  const others = Object.hasOwn(otherTrust, type) ? otherTrust[type](p) : [];
  const trusted = documents
    .flatMap(listAllowing)
    .flatMap(statement => listTrusted(statement))
    .concat(others);
  return [
    ...trusted
      .filter(({ who, condition }) => !isInside(who, condition, scope))
      .map(({ who }) => `trusts ${toName(who)}`),
    // what a service does for a role is limited by who may pass the role to it
    ...(isIdentity ? [] : trusted)
      .filter(
        each =>
          isInside(each.who, each.condition, scope) &&
          mayActForOthers(each, type, scope),
      )
      .map(({ who }) => `trusts ${toName(who)} for every account`),
    ...(type === 'AWS::S3::Bucket' ? listPublic(p) : []),
  ];
}

/** The properties that hold a policy of the resource itself. */
export const policyProperties: readonly string[] = [
  'AccessPolicies',
  'AccessPolicy',
  'FileSystemPolicy',
  'KeyPolicy',
  'Policy',
  'PolicyDocument',
  'RepositoryPolicyText',
  'ResourcePolicy',
];

/** A principal by its kind (`AWS`, `Service`…); `unknown` if only CloudFormation knows it. */
interface Trusted {
  who: { kind: string; name: unknown };
  condition?: unknown;
}

function listTrusted(statement: Statement): Trusted[] {
  if (statement === 'unread') return [unknown];
  const { Principal, NotPrincipal, Condition: condition } = statement;
  if (NotPrincipal !== undefined || Principal === undefined) return [unknown];
  if (isText(Principal)) {
    return [{ who: { kind: 'AWS', name: Principal }, condition }];
  }
  return Object.entries(asObject(Principal)).flatMap(([kind, names]) =>
    branchesOf(names).map(name => ({ who: { kind, name }, condition })),
  );
}

const unknown: Trusted = {
  who: { kind: 'unknown', name: 'a principal that only CloudFormation knows' },
};

const toName = ({ kind, name }: Trusted['who']) =>
  kind === 'AWS' && name === '*' ? 'everyone (*)' : toText(name);

/** Types that name whom they trust in properties of their own. */
const otherTrust: Record<string, (p: Properties) => Trusted[]> = {
  'AWS::Glue::Database': p =>
    branchesOf(asObject(p.DatabaseInput).CreateTableDefaultPermissions)
      .map(each => asObject(asObject(each).Principal))
      .map(principal => aws(principal.DataLakePrincipalIdentifier))
      .filter(({ who }) => who.name !== 'IAM_ALLOWED_PRINCIPALS'),
  'AWS::Lambda::LayerVersionPermission': p => [aws(p.Principal)],
  'AWS::Lambda::Permission': p => {
    const isService = /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(
      toText(p.Principal),
    );
    const kind = isService ? 'Service' : 'AWS';
    const { SourceArn, SourceAccount } = p;
    return [
      {
        who: { kind, name: p.Principal },
        condition: {
          ...(SourceAccount !== undefined && {
            StringEquals: { 'aws:SourceAccount': SourceAccount },
          }),
          ...(SourceArn !== undefined && {
            ArnLike: { 'aws:SourceArn': SourceArn },
          }),
        },
      },
    ];
  },
  'AWS::Lambda::Url': p => (p.AuthType === 'AWS_IAM' ? [] : [aws('*')]),
  'AWS::LakeFormation::Permissions': p => [
    aws(asObject(p.DataLakePrincipal).DataLakePrincipalIdentifier),
  ],
  'AWS::LakeFormation::PrincipalPermissions': p =>
    branchesOf(asObject(p.Principal).DataLakePrincipalIdentifier).map(aws),
  'AWS::IAM::OIDCProvider': p => [{ who: { kind: 'Federated', name: p.Url } }],
  'AWS::IAM::SAMLProvider': p => [
    { who: { kind: 'Federated', name: p.Name ?? 'a SAML provider' } },
  ],
};

const aws = (name: unknown): Trusted => ({ who: { kind: 'AWS', name } });

function isInside(
  { kind, name }: Trusted['who'],
  condition: unknown,
  scope: ReachScope,
): boolean {
  if (isListed(name, scope.reach.allowedPrincipals)) return true;
  const text = toText(name);
  if (kind === 'Service') {
    return /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(text);
  }
  if (kind !== 'AWS') return false;
  if (isOwn(name, scope, ['AWS::IAM::Role', 'AWS::IAM::User'])) return true;
  const [, account = text] =
    /^arn:[a-z-]+:(?:iam|sts)::(\d{12}):/.exec(text) ?? [];
  return account === scope.account || isLimited(condition, scope);
}

/**
 * Tells whether a service may use a resource for whoever asks it, in any account: nothing names the account or the
 * resource for which it acts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
function mayActForOthers(
  { who: { kind, name }, condition }: Trusted,
  type: string,
  scope: ReachScope,
): boolean {
  if (kind !== 'Service' || isListed(name, scope.reach.allowedPrincipals)) {
    return false;
  }
  // alarms and rules use the key of a topic without a condition, and rules take none in the policy of a topic
  const isEvents = toText(name).startsWith('events.amazonaws.com');
  if (type === 'AWS::KMS::Key') return false;
  if (isEvents && type.startsWith('AWS::SNS::Topic')) return false;
  return !Object.entries(asObject(condition)).some(
    ([operator, values]) =>
      /^(StringEquals|StringLike|ArnEquals|ArnLike)$/i.test(operator) &&
      Object.entries(asObject(values)).some(
        ([key, value]) =>
          sourceKeys.test(key) &&
          asList(value).length > 0 &&
          asList(value).every(each => isOfAccount(each, scope)),
      ),
  );
}

const sourceKeys =
  /^(aws:(SourceAccount|SourceArn|SourceOwner)|kms:(CallerAccount|EncryptionContext:.+))$/i;

function isOfAccount(value: unknown, scope: ReachScope): boolean {
  const text = toText(value);
  const [, account = text] =
    /^arn:[a-z0-9-]+:[a-z0-9-]+:[a-z0-9-*]*:(\d{12}):/.exec(text) ?? [];
  return account === scope.account || isOwn(value, scope);
}

/** A condition on the caller's account leaves only the account's own principals. */
function isLimited(condition: unknown, { account }: ReachScope): boolean {
  const { StringEquals, StringLike } = asObject(condition);
  return Object.entries({
    ...asObject(StringLike),
    ...asObject(StringEquals),
  }).some(
    ([key, value]) =>
      /^(aws:(PrincipalAccount|SourceAccount|SourceOwner)|kms:CallerAccount)$/i.test(
        key,
      ) &&
      asList(value).length > 0 &&
      asList(value).every(each => each === account),
  );
}

function listPublic({ AccessControl: acl = 'Private' }: Properties): string[] {
  const isOpen = ![
    'Private',
    'BucketOwnerFullControl',
    'BucketOwnerRead',
    'LogDeliveryWrite',
  ].includes(toText(acl));
  return isOpen ? [`has the canned ACL ${toText(acl)}`] : [];
}
