import {
  asList,
  asObject,
  canonical,
  ResolvedResource,
  toText,
} from '../template/evaluateTemplate';

/**
 * Who may do what on what, as one resource of a template says: a statement of a policy, or what comes
 * to the same. Texts may have `*` and `?`, as in policies; references stand as `${Name}`.
 */
export interface Grant {
  of: 'iam' | 'network';
  effect: 'Allow' | 'Deny';
  who: string[];
  actions: string[];
  on: string[];
  /** Empty: always. */
  condition: string;
}

/**
 * What a resource grants and denies; nothing for types that do neither. What cannot be read is granted
 * and denied as it is written: it must be the same before and after.
 */
export function listGrants({ type, properties }: ResolvedResource): Grant[] {
  const grants = Object.hasOwn(readers, type)
    ? readers[type](properties)
    : fromUnknownType(type, properties);
  return grants.map(grant =>
    grant.who.length > 0 ? grant : { ...grant, who: ['somebody'] },
  );
}

/** The roles that a resource acts as: another role may be a stronger one. */
export function listRoles({ type, properties }: ResolvedResource): Grant[] {
  if (type.startsWith('AWS::IAM::')) return [];
  return Object.entries(properties)
    .filter(([name]) => /Role(Arn|ARN)?$/.test(name))
    .map(([name, role]) =>
      allow({ who: ['this resource'], actions: [`${name} ${toText(role)}`] }),
    );
}

type Properties = Record<string, unknown>;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
const readers: Record<string, (properties: Properties) => Grant[]> = {
  'AWS::IAM::Role': p => [
    ...fromPolicy(p.AssumeRolePolicyDocument),
    ...fromIdentity(p, ['this role']),
  ],
  'AWS::IAM::User': p => fromIdentity(p, ['this user']),
  'AWS::IAM::Group': p => fromIdentity(p, ['this group']),
  'AWS::IAM::Policy': fromAttached,
  'AWS::IAM::ManagedPolicy': fromAttached,
  'AWS::IAM::RolePolicy': p =>
    fromPolicy(p.PolicyDocument, texts(p.RoleName, 'role ')),
  'AWS::IAM::UserPolicy': p =>
    fromPolicy(p.PolicyDocument, texts(p.UserName, 'user ')),
  'AWS::IAM::GroupPolicy': p =>
    fromPolicy(p.PolicyDocument, texts(p.GroupName, 'group ')),
  'AWS::IAM::UserToGroupAddition': p => [
    allow({ who: texts(p.Users, 'user '), actions: texts(p.GroupName, 'as ') }),
  ],
  'AWS::IAM::InstanceProfile': p => [
    allow({ who: ['EC2 instances'], actions: texts(p.Roles, 'role ') }),
  ],
  'AWS::S3::Bucket': p => [...fromPublicAccessBlock(p), ...fromAcl(p)],
  'AWS::S3::BucketPolicy': p => fromPolicy(p.PolicyDocument),
  'AWS::SNS::TopicPolicy': p => fromPolicy(p.PolicyDocument),
  'AWS::SQS::QueuePolicy': p => fromPolicy(p.PolicyDocument),
  'AWS::KMS::Key': p => fromPolicy(p.KeyPolicy),
  'AWS::EC2::VPCEndpoint': p => fromPolicy(p.PolicyDocument ?? everything),
  'AWS::MWAA::Environment': p => fromWebserver(p),
  'AWS::SecretsManager::ResourcePolicy': p => fromPolicy(p.ResourcePolicy),
  'AWS::Lambda::Permission': p => [
    allow({
      who: texts(p.Principal),
      actions: texts(p.Action),
      on: texts(p.FunctionName),
      condition: conditionText({
        SourceArn: p.SourceArn,
        SourceAccount: p.SourceAccount,
        PrincipalOrgID: p.PrincipalOrgID,
      }),
    }),
  ],
  'AWS::Lambda::Url': p => [
    allow({
      who: p.AuthType === 'NONE' ? ['*'] : ['IAM principals'],
      actions: ['lambda:InvokeFunctionUrl'],
      on: texts(p.TargetFunctionArn),
    }),
  ],
  'AWS::LakeFormation::Permissions': fromLakeFormation,
  'AWS::LakeFormation::PrincipalPermissions': fromLakeFormation,
  'AWS::EC2::SecurityGroup': p => [
    ...asList(p.SecurityGroupIngress).flatMap(r => fromRule('in', r)),
    // a group without egress rules lets everything out
    ...(asList(p.SecurityGroupEgress).length > 0
      ? asList(p.SecurityGroupEgress)
      : [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]
    ).flatMap(r => fromRule('out', r)),
  ],
  'AWS::EC2::SecurityGroupIngress': p => fromRule('in', p),
  'AWS::EC2::SecurityGroupEgress': p => fromRule('out', p),
  'AWS::EC2::NetworkAclEntry': p =>
    fromRule(toText(p.Egress) === 'true' ? 'out' : 'in', p).map(rule => ({
      ...rule,
      effect: p.RuleAction === 'deny' ? 'Deny' : 'Allow',
    })),
};

/** What an endpoint without a policy lets through. */
const everything = {
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
};

/** By their names, these grant something too, even where nobody has written how. */
const grantingType =
  /^AWS::(IAM|RAM|SSO)::|Permissions?$|(?<!Scaling|Lifecycle)Policy$/;

/** Properties that hold a policy in types that do more than that. */
const policyProperties = [
  'AccessPolicies',
  'FileSystemPolicy',
  'KeyPolicy',
  'Policy',
  'PolicyDocument',
  'RepositoryPolicyText',
  'ResourcePolicy',
];

function fromUnknownType(type: string, p: Properties): Grant[] {
  if (grantingType.test(type)) return unread(p, ['somebody']);
  return policyProperties.flatMap(name => fromPolicy(p[name]));
}

/** It may allow, and it may deny. */
function unread(value: unknown, who: string[] = ['somebody']): Grant[] {
  const actions = [`what ${toText(value)} says`];
  return (['Allow', 'Deny'] as const).map(effect =>
    allow({ effect, who, actions }),
  );
}

/** What only CloudFormation can tell, where a template should have an object or a list. */
function isFunction(value: unknown): boolean {
  const [name, ...others] = Object.keys(asObject(value));
  return others.length === 0 && /^(Ref$|Fn::)/.test(name ?? '');
}

function allow(grant: Partial<Grant>): Grant {
  return {
    of: 'iam',
    effect: 'Allow',
    who: [],
    actions: [],
    on: ['*'],
    condition: '',
    ...grant,
  };
}

function fromIdentity(p: Properties, who: string[]): Grant[] {
  return [
    ...asList(p.Policies).flatMap(policy =>
      isFunction(policy)
        ? unread(policy, who)
        : fromPolicy(asObject(policy).PolicyDocument, who),
    ),
    ...asList(p.ManagedPolicyArns).map(arn =>
      allow({ who, actions: [`policy ${toText(arn)}`] }),
    ),
    ...asList(p.Groups).map(group =>
      allow({ who, actions: [`as ${toText(group)}`] }),
    ),
    // a boundary takes away: without it, or with another, there is more
    ...asList(p.PermissionsBoundary).map(arn =>
      allow({ effect: 'Deny', who, actions: [`beyond ${toText(arn)}`] }),
    ),
  ];
}

function fromAttached(p: Properties): Grant[] {
  const who = [
    ...texts(p.Roles, 'role '),
    ...texts(p.Users, 'user '),
    ...texts(p.Groups, 'group '),
  ];
  // a managed policy of nobody can be attached elsewhere
  return fromPolicy(
    p.PolicyDocument,
    who.length > 0 ? who : ['whoever it is attached to'],
  );
}

function fromPolicy(document: unknown, who?: string[]): Grant[] {
  if (document === undefined) return [];
  const { Statement } = asObject(document);
  if (Statement === undefined) return unread(document, who);
  return asList(Statement).flatMap(statement => fromStatement(statement, who));
}

function fromStatement(statement: unknown, who?: string[]): Grant[] {
  const { Effect, Action, NotAction, Resource, NotResource } =
    asObject(statement);
  const { Principal, NotPrincipal, Condition } = asObject(statement);
  const isAllowed = Effect === 'Allow';
  const isRead = isAllowed || Effect === 'Deny';
  if (!isRead || (Action ?? NotAction) === undefined) {
    return unread(statement, who);
  }
  return [
    allow({
      effect: isAllowed ? 'Allow' : 'Deny',
      who: who ?? either(principals(Principal), NotPrincipal),
      actions: either(texts(Action), NotAction),
      on: either(texts(Resource), NotResource, ['*']),
      condition: conditionText(Condition),
    }),
  ];
}

/** What a `Not…` element leaves out is compared as a whole. */
function either(
  list: string[],
  not: unknown,
  otherwise: string[] = [],
): string[] {
  if (not !== undefined) return [`not ${canonical(not)}`];
  return list.length > 0 ? list : otherwise;
}

function principals(principal: unknown): string[] {
  if (principal === '*') return ['*'];
  return Object.entries(asObject(principal)).flatMap(([kind, value]) =>
    texts(value).map(text =>
      kind === 'AWS' && text === '*' ? '*' : `${kind} ${text}`,
    ),
  );
}

function fromPublicAccessBlock(p: Properties): Grant[] {
  const { PublicAccessBlockConfiguration: block } = p;
  if (isFunction(block)) return unread(block, ['*']);
  return Object.entries(asObject(block))
    .map(([name, is]) => [name, toText(is)])
    .filter(([, is]) => is !== 'false')
    .map(([name, is]) =>
      allow({
        effect: 'Deny',
        who: ['*'],
        actions: [`public access (${is === 'true' ? name : `${name} ${is}`})`],
      }),
    );
}

function fromAcl({ AccessControl: acl = 'Private' }: Properties): Grant[] {
  if (acl === 'Private') return [];
  const who = /^Public/.test(toText(acl)) ? ['*'] : ['other accounts'];
  return [allow({ who, actions: [`the canned ACL ${toText(acl)}`] })];
}

function fromWebserver({ WebserverAccessMode: mode }: Properties): Grant[] {
  if (mode === 'PRIVATE_ONLY') return [];
  const actions = [`reach Airflow's web server (${toText(mode ?? 'default')})`];
  return [allow({ of: 'network', who: ['*'], actions })];
}

function fromLakeFormation(p: Properties): Grant[] {
  const principal = asObject(p.Principal ?? p.DataLakePrincipal);
  return [
    allow({
      who: texts(principal.DataLakePrincipalIdentifier),
      actions: [
        ...texts(p.Permissions, 'lakeformation '),
        ...texts(p.PermissionsWithGrantOption, 'lakeformation grant of '),
      ],
      on: texts(p.Resource),
    }),
  ];
}

function fromRule(direction: 'in' | 'out', given: unknown): Grant[] {
  if (isFunction(given)) {
    return unread(given, ['*']).map(grant => ({ ...grant, of: 'network' }));
  }
  const rule = asObject(given);
  const { IpProtocol, Protocol, FromPort, ToPort, PortRange } = rule;
  const protocol = toText(IpProtocol ?? Protocol ?? '-1');
  const range = asObject(PortRange);
  const [from, to] = [FromPort ?? range.From, ToPort ?? range.To].map(port =>
    port === undefined ? 'all' : toText(port),
  );
  const peer = [
    rule.CidrIp,
    rule.CidrIpv6,
    rule.CidrBlock,
    rule.Ipv6CidrBlock,
    rule.SourceSecurityGroupId,
    rule.SourceSecurityGroupName,
    rule.DestinationSecurityGroupId,
    rule.SourcePrefixListId,
    rule.DestinationPrefixListId,
  ].filter(value => value !== undefined);
  const ports = `${direction} ${protocol} ${from}-${to}`;
  return [
    allow({
      of: 'network',
      who: texts(peer),
      actions: [protocol === '-1' ? `${direction} *` : ports],
      on: texts(rule.GroupId ?? rule.NetworkAclId ?? '*'),
    }),
  ];
}

const texts = (value: unknown, before = '') =>
  asList(value).map(item => before + toText(item));

function conditionText(condition: unknown): string {
  const entries = Object.entries(asObject(condition)).filter(
    ([, value]) => value !== undefined,
  );
  return entries.length > 0 ? canonical(Object.fromEntries(entries)) : '';
}
