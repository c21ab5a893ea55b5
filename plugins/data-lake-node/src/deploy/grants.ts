import { asList, asObject, ResolvedResource } from './resolve';

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

/** What a resource grants and denies; nothing for types that do neither. */
export function listGrants({ type, properties }: ResolvedResource): Grant[] {
  return Object.hasOwn(readers, type) ? readers[type](properties) : [];
}

/** Whether resources of this type can grant or deny anything. */
export const canGrant = (type: string) => Object.hasOwn(readers, type);

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
  'AWS::IAM::InstanceProfile': p => [
    allow({ who: ['EC2 instances'], actions: texts(p.Roles, 'role ') }),
  ],
  'AWS::S3::Bucket': p => fromPublicAccessBlock(p),
  'AWS::S3::BucketPolicy': p => fromPolicy(p.PolicyDocument),
  'AWS::SNS::TopicPolicy': p => fromPolicy(p.PolicyDocument),
  'AWS::SQS::QueuePolicy': p => fromPolicy(p.PolicyDocument),
  'AWS::KMS::Key': p => fromPolicy(p.KeyPolicy),
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
    ...asList(p.SecurityGroupIngress).map(r => fromRule('in', asObject(r))),
    // a group without egress rules lets everything out
    ...(asList(p.SecurityGroupEgress).length > 0
      ? asList(p.SecurityGroupEgress)
      : [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0' }]
    ).map(r => fromRule('out', asObject(r))),
  ],
  'AWS::EC2::SecurityGroupIngress': p => [fromRule('in', p)],
  'AWS::EC2::SecurityGroupEgress': p => [fromRule('out', p)],
  'AWS::EC2::NetworkAclEntry': p => [
    {
      ...fromRule(p.Egress === true ? 'out' : 'in', p),
      effect: p.RuleAction === 'deny' ? 'Deny' : 'Allow',
    },
  ],
};

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
      fromPolicy(asObject(policy).PolicyDocument, who),
    ),
    ...asList(p.ManagedPolicyArns).map(arn =>
      allow({ who, actions: [`policy ${toText(arn)}`] }),
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
  return asList(asObject(document).Statement)
    .flatMap(branches)
    .map(statement => {
      const { Effect, Action, NotAction, Resource, NotResource } = statement;
      const { Principal, NotPrincipal, Condition } = statement;
      return allow({
        effect: Effect === 'Deny' ? 'Deny' : 'Allow',
        who: who ?? either(principals(Principal), NotPrincipal),
        actions: either(texts(Action), NotAction),
        on: either(Resource === undefined ? [] : texts(Resource), NotResource, [
          '*',
        ]),
        condition: conditionText(Condition),
      });
    });
}

/** Both branches of a condition that only CloudFormation knows. */
function branches(statement: unknown): Properties[] {
  const one = asObject(statement);
  const open = asList(one['Fn::If']);
  return open.length === 3 ? open.slice(1).flatMap(branches) : [one];
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
  return Object.entries(asObject(p.PublicAccessBlockConfiguration))
    .filter(([, is]) => toText(is) === 'true')
    .map(([name]) =>
      allow({
        effect: 'Deny',
        who: ['*'],
        actions: [`public access (${name})`],
      }),
    );
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

function fromRule(direction: 'in' | 'out', rule: Properties): Grant {
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
  return allow({
    of: 'network',
    who: texts(peer),
    actions: [
      protocol === '-1'
        ? `${direction} *`
        : `${direction} ${protocol} ${from}-${to}`,
    ],
    on: texts(rule.GroupId ?? rule.NetworkAclId ?? '*'),
  });
}

const texts = (value: unknown, before = '') =>
  asList(value).map(item => before + toText(item));

/** References stand as `${Name}`, so that what is around them can be compared. */
function toText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [];
  if (entries.length === 1) {
    if (name === 'Ref') return `\${${toText(argument)}}`;
    if (name === 'Fn::GetAtt') return `\${${texts(argument).join('.')}}`;
    if (name === 'Fn::Sub' && typeof argument === 'string') return argument;
    if (name === 'Fn::Join' && asList(argument)[0] === '') {
      return asList(asList(argument)[1]).map(toText).join('');
    }
  }
  return canonical(value);
}

function conditionText(condition: unknown): string {
  const entries = Object.entries(asObject(condition)).filter(
    ([, value]) => value !== undefined,
  );
  return entries.length > 0 ? canonical(Object.fromEntries(entries)) : '';
}

/** The same text for the same value, whatever the order of its keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(
          Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : item,
  );
}
