import {
  defaultTemplateRules,
  listFarReaching,
  parseTemplate,
} from '@data-lake/cloudformation';

/*
 * Templates that reached what is not theirs, each by another way around the check: all need permission from
 * the first deployment on.
 */
const account = '123456789012';
const target = { account, region: 'eu-west-1' };
const arn = (service: string, name: string) =>
  `arn:aws:${service}:${
    service === 'iam' ? '' : 'eu-west-1'
  }:${account}:${name}`;
const admin = arn('iam', 'role/Admin');
const defaultTypes = defaultTemplateRules.allowedResourceTypes;
const list = (
  Resources: object,
  rest: object = {},
  tags: Record<string, string> = {},
  allowedResourceTypes: readonly string[] = defaultTypes,
) =>
  listFarReaching(
    {
      stackName: 'lake',
      template: parseTemplate(JSON.stringify({ ...rest, Resources }), {
        allowedResourceTypes,
        reach: { ownTags: ['project', 'environment'] },
      }),
      parameters: {},
      tags: { owner: 'a', ...tags },
    },
    target,
  ).map(({ logicalId, text }) => `${logicalId} ${text}`);

const ref = (Ref: string) => ({ Ref });
const sub = (text: string) => ({ 'Fn::Sub': text });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const of = (Type: string, Properties: object = {}, rest: object = {}) => ({
  Type,
  Properties,
  ...rest,
});
const allow = (Action: unknown, Resource: unknown, rest: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...rest,
});
const role = (Statement: unknown = [], rest: object = {}) =>
  of('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }],
    ...rest,
  });
const fn = (Role: unknown, rest: object = {}) =>
  of('AWS::Lambda::Function', { Role, Code: { ZipFile: 'x' }, ...rest });

describe('a policy as text', () => {
  const trust =
    '{"Statement":[{"Sid":"${P}","Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}';
  const rights =
    '{"Statement":[{"Sid":"${P}","Effect":"Allow","Action":"sns:Publish","Resource":"x"}]}';
  const kinds: Record<string, object> = {
    trust: {
      R: of('AWS::IAM::Role', { AssumeRolePolicyDocument: sub(trust) }),
    },
    rights: {
      R: role(),
      M: of('AWS::IAM::ManagedPolicy', {
        Roles: [ref('R')],
        PolicyDocument: sub(rights),
      }),
    },
    key: { K: of('AWS::KMS::Key', { KeyPolicy: sub(trust) }) },
    bucket: {
      B: of('AWS::S3::Bucket'),
      P: of('AWS::S3::BucketPolicy', {
        Bucket: ref('B'),
        PolicyDocument: sub(trust),
      }),
    },
    'two keys of one name': {
      R: of('AWS::IAM::Role', {
        AssumeRolePolicyDocument:
          '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"999999999999"},"Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}',
      }),
    },
  };
  it.each(Object.keys(kinds))('may hold anything: %s', kind => {
    for (const Parameter of [
      { Type: 'String', NoEcho: true, Default: 'x"},{"Effect":"Allow"' },
      { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/x' },
    ]) {
      expect(
        list(kinds[kind], { Parameters: { P: Parameter } }).join(),
      ).toMatch(/only CloudFormation knows/);
    }
  });
});

/** A resource whose name is that of another's, of the wrong type, or that is never made. */
const never = {
  Conditions: { Never: { 'Fn::Equals': [ref('AWS::URLSuffix'), 'nope'] } },
};
const decoy = { Condition: 'Never' };
const topic = (TopicName: string) => of('AWS::SNS::Topic', { TopicName });

describe.each<[string, object]>([
  [
    'an instance profile named as a role',
    {
      D: of('AWS::IAM::InstanceProfile', {
        InstanceProfileName: 'Admin',
        Roles: [],
      }),
      It: fn(admin),
    },
  ],
  [
    'a managed policy named as a role',
    {
      D: of('AWS::IAM::ManagedPolicy', {
        ManagedPolicyName: 'Admin',
        PolicyDocument: { Statement: [] },
      }),
      It: fn(admin),
    },
  ],
  [
    'an inline policy named as a role',
    {
      O: role(),
      D: of('AWS::IAM::Policy', {
        PolicyName: 'Admin',
        Roles: [ref('O')],
        PolicyDocument: { Statement: [] },
      }),
      It: of('AWS::Glue::Job', { Role: 'Admin' }),
    },
  ],
  [
    'a topic named as a role',
    {
      D: topic('Admin'),
      It: role(allow(['iam:PassRole', 'sts:AssumeRole'], admin)),
    },
  ],
  [
    'a queue named as a role',
    {
      D: of('AWS::SQS::Queue', { QueueName: 'Admin' }),
      It: role(allow('iam:PutRolePolicy', admin)),
    },
  ],
  [
    'a topic named as a bucket',
    {
      D: topic('other'),
      It: role(allow('s3:PutBucketPolicy', 'arn:aws:s3:::other')),
    },
  ],
  [
    'a topic named as a secret',
    {
      D: topic('prod-abc123'),
      It: role(
        allow(
          'secretsmanager:GetSecretValue',
          arn('secretsmanager', 'secret:prod-abc123'),
        ),
      ),
    },
  ],
  [
    'an alias named as a function',
    {
      R: role(),
      F: fn(arnOf('R')),
      D: of('AWS::Lambda::Alias', {
        Name: 'other',
        FunctionName: ref('F'),
        FunctionVersion: '1',
      }),
      It: of('AWS::Lambda::Permission', {
        FunctionName: 'other',
        Principal: account,
      }),
    },
  ],
  [
    'a function named as an alias',
    {
      R: role(),
      D: fn(arnOf('R'), { FunctionName: 'prod' }),
      It: of('AWS::Lambda::Permission', {
        FunctionName: arn('lambda', 'function:other:prod'),
        Principal: account,
      }),
    },
  ],
  [
    'a role that is never made',
    { D: { ...role([], { RoleName: 'Admin' }), ...decoy }, It: fn(admin) },
  ],
  [
    'a role that is never made and gets a policy',
    {
      D: { ...role([], { RoleName: 'Admin' }), ...decoy },
      It: of('AWS::IAM::Policy', {
        Roles: ['Admin'],
        PolicyDocument: { Statement: [] },
      }),
    },
  ],
  [
    'a bucket that is never made',
    {
      D: of('AWS::S3::Bucket', { BucketName: 'other' }, decoy),
      It: of('AWS::S3::BucketPolicy', {
        Bucket: 'other',
        PolicyDocument: { Statement: [] },
      }),
    },
  ],
  [
    'a role named arn',
    {
      D: role([], { RoleName: 'arn' }),
      It: fn(sub(`\${D}:aws:iam::${account}:role/Admin`)),
    },
  ],
  [
    'a role named arn, of another account',
    {
      D: role([], { RoleName: 'arn' }),
      It: fn({
        'Fn::Join': ['', [ref('D'), ':aws:iam::999999999999:role/Admin']],
      }),
    },
  ],
  [
    'a job named arn',
    {
      D: of('AWS::Glue::Job', { Name: 'arn', Role: ref('It') }),
      It: role(allow(['iam:*', 'iam:PassRole'], sub('${D}:aws:iam::*:*'))),
    },
  ],
  [
    'a job named as the ARN of a role',
    {
      D: of('AWS::Glue::Job', { Name: admin, Role: ref('It') }),
      It: role(allow('iam:PassRole', ref('D'))),
    },
  ],
  [
    'a queue named as a role, in the name of a role',
    {
      D: of('AWS::SQS::Queue', { QueueName: 'Admin' }),
      It: role(
        allow(
          'iam:PassRole',
          sub(`arn:aws:iam::${account}:role/\${D.QueueName}`),
        ),
      ),
    },
  ],
  [
    'a function of its name in another region',
    {
      R: role(),
      D: fn(arnOf('R'), { FunctionName: 'own' }),
      It: role(
        allow(
          'lambda:UpdateFunctionCode',
          `arn:aws:lambda:us-east-1:${account}:function:own`,
        ),
      ),
    },
  ],
  [
    'a parameter of its own that holds the name of a bucket',
    {
      D: of('AWS::SSM::Parameter', { Type: 'String', Value: 'other' }),
      It: role(allow('s3:GetObject', sub('arn:aws:s3:::${D.Value}/*'))),
    },
  ],
])('%s', (_what, resources) => {
  it('is not of the template', () => {
    expect(list(resources, never).join()).toMatch(/(^|,)It /);
  });
});

it('knows its own by reference, by ARN and by name', () => {
  const own = {
    Bucket: of('AWS::S3::Bucket', { BucketName: 'own' }),
    Key: of('AWS::KMS::Key'),
    Name: of('AWS::SSM::Parameter', { Type: 'String', Value: ref('Bucket') }),
    Db: of('AWS::Glue::Database', { DatabaseInput: { Name: 'own_db' } }),
    Role: role(
      [
        allow(
          ['s3:GetObject', 's3:PutObject', 's3:PutBucketPolicy'],
          [
            'arn:aws:s3:::own',
            'arn:aws:s3:::own/*',
            sub('arn:aws:s3:::${Name.Value}/x/*'),
            sub('${Bucket.Arn}/*'),
          ],
        ),
        allow(['kms:Decrypt', 'kms:CreateGrant'], arnOf('Key')),
        allow('glue:UpdateTable', [
          arn('glue', 'catalog'),
          arn('glue', 'database/own_db'),
          arn('glue', 'table/own_db/*'),
          sub(`arn:aws:glue:eu-west-1:${account}:table/\${Db}/x`),
        ]),
        allow('iam:PassRole', arn('iam', 'role/team/own-role')),
        allow('states:*', [
          ref('Machine'),
          arn('states', 'execution:own-machine:*'),
        ]),
      ],
      { RoleName: 'own-role', Path: '/team/' },
    ),
    Machine: of('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'own-machine',
      RoleArn: arnOf('Role'),
    }),
    Fn: fn(arn('iam', 'role/team/own-role')),
    Job: of('AWS::Glue::Job', { Role: 'own-role' }),
  };
  expect(list(own)).toEqual([]);
});

/** Data and work of others; none of these is among the published ways to more rights. */
describe.each(
  `s3:GetObject s3:DeleteObject s3:*Object s3:Get* s3:P* kms:Decrypt kms:ReEncryptFrom kms:ScheduleKeyDeletion
  ssm:GetParameter ssm:PutParameter ssm:CreateAssociation ssm:UpdateDocument glue:StartJobRun glue:RunStatement
  glue:DeleteTable glue:PutResourcePolicy glue:GetConnection glue:* lambda:InvokeFunction lambda:GetFunction
  lambda:CreateFunctionUrlConfig lambda:PublishLayerVersion lambda:TagResource states:StartExecution
  eks:AssociateAccessPolicy eks:CreateAccessEntry ecr:SetRepositoryPolicy ecr:PutImage sns:AddPermission
  sqs:AddPermission sqs:ReceiveMessage events:PutPermission dynamodb:PutResourcePolicy dynamodb:GetItem
  logs:GetLogEvents logs:PutSubscriptionFilter ec2:ModifySnapshotAttribute ec2:GetPasswordData
  cloudformation:DeleteStack cloudformation:CreateStackInstances rds-db:connect s3:PutAccessPointPolicy
  unknown:Anything`.split(/\s+/),
)('%s', action => {
  it.each(['*', 'arn:aws:s3:::other/*', arn('glue', 'table/other/x')])(
    'on %s needs permission',
    on => {
      expect(list({ R: role(allow(action, on)) })).toHaveLength(1);
    },
  );
});

it('needs no permission to read names and settings, nor to write logs and metrics', () => {
  const actions = [
    'glue:GetTables',
    'ec2:Describe*',
    'ec2:DescribeSubnets',
    's3:ListBucket',
    's3:GetBucketLocation',
    'iam:GetRole',
    'logs:PutLogEvents',
    'cloudwatch:PutMetricData',
  ];
  expect(list({ R: role(allow(actions, '*')) })).toEqual([]);
});

it('names the worst of many actions first, and counts the rest', () => {
  const actions = ['a:B', 'c:D', 'e:F', 'g:H', 'kms:CreateGrant', '*'];
  expect(list({ R: role(allow(actions, '*')) })).toEqual([
    'R allows *, kms:CreateGrant, a:B, c:D and 2 more on *',
  ]);
});

describe('a condition on tags', () => {
  const tags = { project: 'p', environment: 'e', env: 'prod' };
  const reached = (StringEquals: object, action = 'iam:PassRole') =>
    list(
      { R: role(allow(action, '*', { Condition: { StringEquals } })) },
      {},
      tags,
    );
  const own = (kind: string) => ({
    [`aws:${kind}/project`]: 'p',
    [`aws:${kind}/environment`]: ['e'],
  });

  it('leaves what has all tags of the owner', () => {
    expect(reached(own('ResourceTag'))).toEqual([]);
    expect(reached(own('RequestTag'), 'elasticmapreduce:RunJobFlow')).toEqual(
      [],
    );
  });

  it.each<[string, object, string?]>([
    ['another tag of the stack', { 'aws:ResourceTag/env': 'prod' }],
    ['one of two', { 'aws:ResourceTag/project': 'p' }],
    ['no value', { ...own('ResourceTag'), 'aws:ResourceTag/project': [] }],
    ['tags that it gives', own('RequestTag')],
    ['tags that it gives', own('RequestTag'), 'lambda:TagResource'],
  ])('leaves more with %s', (_what, equals, action = 'iam:PassRole') => {
    expect(reached(equals, action)).toHaveLength(1);
  });
});

/** Every type that is allowed by default: what of others it could change, or why it changes nothing. */
const others: Record<string, object | string> = {
  'AWS::CloudWatch::Alarm': {
    AlarmActions: ['arn:aws:automate:eu-west-1:ec2:terminate'],
    Dimensions: [{ Name: 'InstanceId', Value: 'i-0123' }],
  },
  'AWS::CloudWatch::Dashboard': 'shows, and changes nothing',
  'AWS::EC2::EIP': 'makes an address',
  'AWS::EC2::InternetGateway': 'is attached by another type',
  'AWS::EC2::NatGateway': 'is used only by a route',
  'AWS::EC2::Route': { RouteTableId: 'rtb-1', GatewayId: 'igw-1' },
  'AWS::EC2::RouteTable': { VpcId: 'vpc-1' },
  'AWS::EC2::SecurityGroup': 'is used only by what names it',
  'AWS::EC2::SecurityGroupIngress': { GroupId: 'sg-1', CidrIp: '0.0.0.0/0' },
  'AWS::EC2::Subnet': { VpcId: 'vpc-1' },
  'AWS::EC2::SubnetRouteTableAssociation': {
    RouteTableId: 'rtb-1',
    SubnetId: 'subnet-1',
  },
  'AWS::EC2::VPC': 'makes a network',
  'AWS::EC2::VPCEndpoint': { VpcId: 'vpc-1', RouteTableIds: ['rtb-1'] },
  'AWS::EC2::VPCGatewayAttachment': { VpcId: 'vpc-1' },
  'AWS::EMRServerless::Application': 'runs with the roles of its jobs',
  'AWS::Events::Rule': {
    Targets: [
      { Id: 'a', Arn: 'arn:aws:events:eu-west-1:999999999999:event-bus/x' },
    ],
  },
  'AWS::Glue::Crawler': { Role: admin },
  'AWS::Glue::DataQualityRuleset': 'runs with the role of its run',
  'AWS::Glue::Database': {
    DatabaseInput: {
      CreateTableDefaultPermissions: [
        { Principal: { DataLakePrincipalIdentifier: '999999999999' } },
      ],
    },
  },
  'AWS::Glue::Job': { Role: admin },
  'AWS::Glue::SecurityConfiguration': 'is used only by what names it',
  'AWS::Glue::Table': { DatabaseName: 'other_team', TableInput: {} },
  'AWS::IAM::InstanceProfile': { Roles: ['Admin'] },
  'AWS::IAM::ManagedPolicy': {
    Roles: ['Admin'],
    PolicyDocument: { Statement: [] },
  },
  'AWS::IAM::Policy': { Roles: ['Admin'], PolicyDocument: { Statement: [] } },
  'AWS::IAM::Role': { ManagedPolicyArns: [arn('iam', 'policy/other')] },
  'AWS::IAM::RolePolicy': {
    RoleName: 'Admin',
    PolicyDocument: { Statement: [] },
  },
  'AWS::KMS::Alias': { AliasName: 'alias/x', TargetKeyId: 'other' },
  'AWS::KMS::Key': {
    KeyPolicy: {
      Statement: { Effect: 'Allow', Principal: '*', Action: 'kms:*' },
    },
  },
  'AWS::LakeFormation::Permissions': {
    DataLakePrincipal: { DataLakePrincipalIdentifier: account },
    Resource: { TableResource: { DatabaseName: 'other_team' } },
  },
  'AWS::LakeFormation::PrincipalPermissions': {
    Principal: { DataLakePrincipalIdentifier: account },
    Resource: { Database: { CatalogId: account, Name: 'other_team' } },
  },
  'AWS::LakeFormation::Resource': { ResourceArn: 'arn:aws:s3:::other' },
  'AWS::Lambda::Alias': { FunctionName: 'other', Name: 'x' },
  'AWS::Lambda::Function': {
    Layers: ['arn:aws:lambda:eu-west-1:999999999999:layer:evil:1'],
  },
  'AWS::Lambda::Permission': { FunctionName: 'other', Principal: account },
  'AWS::Lambda::Version': { FunctionName: 'other' },
  'AWS::Logs::LogGroup': 'makes a group',
  'AWS::MWAA::Environment': { ExecutionRoleArn: admin },
  'AWS::S3::Bucket': {
    ReplicationConfiguration: {
      Rules: [{ Destination: { Account: '999999999999' } }],
    },
  },
  'AWS::S3::BucketPolicy': {
    Bucket: 'other',
    PolicyDocument: { Statement: [] },
  },
  'AWS::SNS::Subscription': { TopicArn: arn('sns', 'other') },
  'AWS::SNS::Topic': {
    Subscription: [{ Protocol: 'email', Endpoint: 'theirs@example.com' }],
  },
  'AWS::SNS::TopicPolicy': {
    Topics: [arn('sns', 'other')],
    PolicyDocument: { Statement: [] },
  },
  'AWS::SQS::Queue': 'makes a queue',
  'AWS::SQS::QueuePolicy': {
    Queues: ['other'],
    PolicyDocument: { Statement: [] },
  },
  'AWS::SSM::Parameter': 'makes a parameter; an existing name is refused',
  'AWS::StepFunctions::StateMachine': { RoleArn: admin },
};

describe.each(defaultTypes)('%s', type => {
  const properties = others[type];
  if (typeof properties === 'object') {
    it('needs permission to change what is not of the template', () => {
      expect(list({ It: of(type, properties) })).not.toEqual([]);
    });
  } else {
    it('changes nothing of others, for a reason', () => {
      expect(properties).toEqual(expect.any(String));
    });
  }
});

it('gates other grants of Lake Formation, also behind a function', () => {
  const grants = [
    { Catalog: {} },
    { LFTag: {} },
    { DataLocation: { ResourceArn: 'arn:aws:s3:::other' } },
    { Table: { DatabaseName: 'other_team', TableWildcard: {} } },
    { 'Fn::ImportValue': 'x' },
  ];
  for (const Resource of grants) {
    const Principal = { DataLakePrincipalIdentifier: account };
    const Type = 'AWS::LakeFormation::PrincipalPermissions';
    expect(list({ It: of(Type, { Principal, Resource }) })).not.toEqual([]);
  }
});

it('takes rights from a role that others use only with permission', () => {
  const reached = (Effect: string) =>
    listFarReaching(
      {
        stackName: 'lake',
        template: parseTemplate(
          JSON.stringify({
            Resources: {
              It: of('AWS::IAM::Policy', {
                Roles: ['shared'],
                PolicyDocument: {
                  Statement: { Effect, Action: 's3:ListBucket', Resource: '*' },
                },
              }),
            },
          }),
          {
            allowedResourceTypes: defaultTypes,
            reach: { attachableRoles: ['shared'] },
          },
        ),
        parameters: {},
        tags: {},
      },
      target,
    );
  expect(reached('Allow')).toEqual([]);
  expect(reached('Deny')).toHaveLength(1);
});

describe('a dynamic reference in pieces', () => {
  const secret = (Default: string) => ({
    Type: 'String',
    NoEcho: true,
    Default,
  });
  const value = (Value: unknown) => ({
    S: of('AWS::SSM::Parameter', { Type: 'String', Value }),
  });

  it.each<[string, unknown, Record<string, string>]>([
    ['a brace', sub('{${P}resolve:secretsmanager:prod/db}}'), { P: '{' }],
    [
      'two parts',
      sub('${P}${Q}'),
      { P: '{{res', Q: 'olve:secretsmanager:prod/db}}' },
    ],
    [
      'two joined parts',
      { 'Fn::Join': ['', [ref('P'), ref('Q')]] },
      { P: '{', Q: '{resolve:ssm:/x}}' },
    ],
    ['its end', sub('{${P}}'), { P: '{resolve:ssm:/x}' }],
    ['its start', sub('${P}olve:secretsmanager:prod/db}}'), { P: '{{res' }],
    ['an import', sub('${Q}${P}'), { P: 'x', Q: 'x' }],
  ])('needs permission by %s', (_what, text, parts) => {
    const Parameters = Object.fromEntries(
      Object.entries(parts).map(([name, part]) => [name, secret(part)]),
    );
    expect(list(value(text), { Parameters }).join()).toMatch(/ reads /);
    const Outputs = { O: { Value: text } };
    expect(list({ T: topic('own') }, { Parameters, Outputs }).join()).toMatch(
      / reads /,
    );
  });

  it('is not what stands between other texts', () => {
    const texts = [
      '{"a":"${P}","b":{"c":"${P}"}}',
      's3://${P}/${P}',
      'arn:${AWS::Partition}${AWS::Region}${P}',
    ];
    const Parameters = { P: secret('x') };
    for (const text of texts) {
      expect(list(value(sub(text)), { Parameters })).toEqual([]);
    }
  });
});

it('needs permission for a parameter that CloudFormation reads, but for those of AWS', () => {
  const reached = (Default: string) =>
    list(
      { T: topic('own') },
      {
        Parameters: {
          P: { Type: 'AWS::SSM::Parameter::Value<String>', Default },
        },
      },
    );
  expect(reached('/finance/x')).toEqual([
    'Parameters reads {{resolve:ssm:/finance/x}}',
  ]);
  expect(reached('/aws/service/ami-amazon-linux-latest/x')).toEqual([]);
});

/** Types that an adopter may allow, and texts that name roles of others. */
describe.each<[string, object]>([
  [
    'AWS::EC2::LaunchTemplate',
    {
      LaunchTemplateData: {
        IamInstanceProfile: { Arn: arn('iam', 'instance-profile/Admin') },
      },
    },
  ],
  [
    'AWS::EC2::LaunchTemplate',
    { LaunchTemplateData: { IamInstanceProfile: { Name: 'Admin' } } },
  ],
  ['AWS::EC2::FlowLog', { DeliverLogsPermissionArn: admin }],
  ['AWS::RolesAnywhere::Profile', { RoleArns: [admin] }],
  ['AWS::RolesAnywhere::TrustAnchor', { Name: 'x' }],
  [
    'AWS::Cognito::IdentityPoolRoleAttachment',
    { Roles: { authenticated: admin } },
  ],
  ['AWS::Redshift::Cluster', { IamRoles: [{ 'Fn::ImportValue': 'x' }] }],
  ['AWS::ApiGateway::Method', { Integration: { Credentials: admin } }],
  ['AWS::X::Y', { Credentials: [{ Inner: { RoleArn: admin } }] }],
  ['AWS::ApiGatewayV2::Integration', { CredentialsArn: ref('Any') }],
  ['AWS::DataPipeline::Pipeline', { Name: 'x' }],
  ['AWS::S3::AccessGrant', { Permission: 'READWRITE' }],
  ['AWS::LakeFormation::DataLakeSettings', { Admins: [] }],
  ['AWS::IdentityStore::GroupMembership', { GroupId: 'admins' }],
  ['AWS::Organizations::Account', { AccountName: 'x' }],
  ['AWS::SSM::Association', { Name: 'AWS-RunShellScript' }],
  ['AWS::Config::ConformancePack', { TemplateBody: '{}' }],
  ['AWS::EKS::AccessEntry', { PrincipalArn: account }],
  ['AWS::Logs::SubscriptionFilter', { LogGroupName: 'other' }],
  [
    'AWS::StepFunctions::StateMachine',
    { DefinitionString: `{"Credentials":{"RoleArn":"${admin}"}}` },
  ],
])('%s with %j', (type, properties) => {
  it('needs permission', () => {
    expect(list({ It: of(type, properties) }, {}, {}, ['*'])).not.toEqual([]);
  });
});
