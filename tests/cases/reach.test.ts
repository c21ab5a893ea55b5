import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  defaultTemplateRules,
  listFarReaching,
  parseTemplate,
  TemplateRules,
} from '@data-lake/cloudformation';
// not public: readProjectFiles alone uses it
// eslint-disable-next-line @backstage/no-relative-monorepo-imports
import { withOwnReach } from '../../plugins/data-lake-node/src/project/spec/withOwnReach';
import { escalations } from '../permissions/escalations';

/*
 * What a template reaches beyond its own resources needs permission from the first deployment on: each
 * published path of escalation as a template; and no stack of the data lake does.
 */
const target = { account: '123456789012', region: 'eu-west-1' };
const list = (
  Resources: object,
  rules: Partial<TemplateRules> = {},
  rest: { parameters?: Record<string, string>; template?: object } = {},
) => {
  const text = JSON.stringify({ ...rest.template, Resources });
  const allowedResourceTypes = ['*', 'Custom::*'];
  const template = parseTemplate(text, {
    allowedResourceTypes,
    ...rules,
    reach: { ownTags: ['owner'], ...rules.reach },
  });
  return listFarReaching(
    {
      stackName: 'lake',
      template,
      parameters: rest.parameters ?? {},
      tags: { owner: 'a' },
    },
    target,
  ).map(({ logicalId, text: line }) => `${logicalId} ${line}`);
};

const trust = (service: string) => ({
  Statement: {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
  },
});
const role = (Statement: unknown, rest: object = {}) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }],
    ...rest,
  },
});
const allow = (Action: unknown, Resource: unknown, rest: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...rest,
});

describe.each(escalations.map(({ id, actions }) => [id, actions] as const))(
  'the path %s',
  (_id, actions) => {
    it.each([
      ['*'],
      ['arn:aws:*:eu-west-1:123456789012:*'],
      [{ Ref: 'Unknown' }],
    ])('needs permission for a new role that may take it on %j', on => {
      expect(list({ Role: role(allow(actions, on)) })).not.toEqual([]);
    });

    it('needs permission by each kind of policy, and by wildcards', () => {
      const wild = actions.map(action => action.replace(/..$/, '*'));
      const PolicyDocument = { Statement: allow(wild, '*') };
      const own = { Own: role(allow('sns:Publish', { Ref: 'Topic' })) };
      for (const [Type, to] of Object.entries({
        'AWS::IAM::Policy': { Roles: [{ Ref: 'Own' }] },
        'AWS::IAM::ManagedPolicy': { Roles: [{ Ref: 'Own' }] },
        'AWS::IAM::RolePolicy': { RoleName: { Ref: 'Own' } },
      })) {
        const policy = { Type, Properties: { ...to, PolicyDocument } };
        expect(list({ ...own, Policy: policy }).join()).toMatch(
          /Policy allows/,
        );
      }
    });
  },
);

describe.each([
  [
    'the role of a function',
    {
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Role: 'arn:aws:iam::123456789012:role/Admin',
          Code: { ZipFile: 'x' },
        },
      },
    },
  ],
  [
    'the role of a job',
    { Job: { Type: 'AWS::Glue::Job', Properties: { Role: 'Admin' } } },
  ],
  [
    'the role of a state machine, by a parameter',
    {
      M: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: { RoleArn: { Ref: 'Any' } },
      },
    },
  ],
  [
    'the role of a target, deep inside',
    {
      Rule: {
        Type: 'AWS::Events::Rule',
        Properties: {
          Targets: [
            { Arn: 'x', RoleArn: 'arn:aws:iam::123456789012:role/Admin' },
          ],
        },
      },
    },
  ],
  [
    'the role of an instance',
    {
      I: {
        Type: 'AWS::EC2::Instance',
        Properties: { IamInstanceProfile: 'Admin' },
      },
    },
  ],
  [
    'the role of an instance profile',
    {
      P: {
        Type: 'AWS::IAM::InstanceProfile',
        Properties: { Roles: ['Admin'] },
      },
    },
  ],
  [
    'the role of an MWAA environment',
    {
      E: {
        Type: 'AWS::MWAA::Environment',
        Properties: {
          ExecutionRoleArn: 'arn:aws:iam::123456789012:role/Admin',
        },
      },
    },
  ],
  [
    'a policy of another role',
    {
      P: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Roles: ['theirs'],
          PolicyDocument: { Statement: allow('sns:Publish', 'x') },
        },
      },
    },
  ],
  [
    'a managed policy of another role',
    {
      P: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          Roles: ['theirs'],
          PolicyDocument: { Statement: allow('sns:Publish', 'x') },
        },
      },
    },
  ],
  [
    'a managed policy of a user',
    {
      P: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          Users: ['me'],
          PolicyDocument: { Statement: allow('sns:Publish', 'x') },
        },
      },
    },
  ],
  [
    'a policy of another group',
    {
      P: {
        Type: 'AWS::IAM::GroupPolicy',
        Properties: {
          GroupName: 'admins',
          PolicyDocument: { Statement: allow('sns:Publish', 'x') },
        },
      },
    },
  ],
  [
    'an inline policy of another role',
    {
      P: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: {
          RoleName: 'theirs',
          PolicyDocument: { Statement: allow('sns:Publish', 'x') },
        },
      },
    },
  ],
  [
    'a role by a name that only CloudFormation knows',
    {
      P: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: {
          RoleName: { 'Fn::ImportValue': 'x' },
          PolicyDocument: { Statement: allow('sns:Publish', 'x') },
        },
      },
    },
  ],
  [
    'a user in a group of admins',
    {
      P: {
        Type: 'AWS::IAM::UserToGroupAddition',
        Properties: { GroupName: 'admins', Users: ['me'] },
      },
    },
  ],
  [
    'a key of another user',
    { K: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: 'admin' } } },
  ],
  [
    'an administrator',
    {
      R: role([], {
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      }),
    },
  ],
  [
    'a policy of the account',
    {
      R: role([], {
        ManagedPolicyArns: ['arn:aws:iam::123456789012:policy/any'],
      }),
    },
  ],
  ['every action', { R: role(allow('*', '*')) }],
  ['every action of a service on everything', { R: role(allow('s3:*', '*')) }],
  [
    'every action but some',
    { R: role({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }) },
  ],
  [
    'resources but some',
    { R: role({ Effect: 'Allow', Action: 'iam:PassRole', NotResource: 'x' }) },
  ],
  [
    'a statement that only CloudFormation knows',
    { R: role({ 'Fn::FindInMap': ['a', 'b', { Ref: 'C' }] }) },
  ],
  [
    'the trust of another account',
    {
      R: role([], {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::999999999999:root' },
            Action: 'sts:AssumeRole',
          },
        },
      }),
    },
  ],
  [
    'the trust of another account by its number',
    {
      R: role([], {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: '999999999999' },
            Action: 'sts:AssumeRole',
          },
        },
      }),
    },
  ],
  [
    'the trust of everyone',
    {
      R: role([], {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: 'sts:AssumeRole',
          },
        },
      }),
    },
  ],
  [
    'the trust of all but some',
    {
      R: role([], {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            NotPrincipal: { AWS: 'x' },
            Action: 'sts:AssumeRole',
          },
        },
      }),
    },
  ],
  [
    'the trust of an identity provider',
    {
      R: role([], {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: {
              Federated:
                'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
            },
            Action: 'sts:AssumeRoleWithWebIdentity',
          },
        },
      }),
    },
  ],
  [
    'the trust of whom only CloudFormation knows',
    {
      R: role([], {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::ImportValue': 'x' } },
            Action: 'sts:AssumeRole',
          },
        },
      }),
    },
  ],
  [
    'the trust of one of two',
    {
      R: role([], {
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: {
              AWS: { 'Fn::If': ['Unknown', '123456789012', '999999999999'] },
            },
            Action: 'sts:AssumeRole',
          },
        },
      }),
    },
  ],
  [
    'an identity provider',
    {
      O: {
        Type: 'AWS::IAM::OIDCProvider',
        Properties: { Url: 'https://evil.example' },
      },
    },
  ],
  [
    'a public bucket',
    {
      B: {
        Type: 'AWS::S3::Bucket',
        Properties: { AccessControl: 'PublicRead' },
      },
    },
  ],
  [
    'a public function URL',
    {
      U: {
        Type: 'AWS::Lambda::Url',
        Properties: {
          AuthType: 'NONE',
          TargetFunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] },
        },
      },
      F: { Type: 'AWS::Lambda::Function', Properties: {} },
    },
  ],
  [
    'a function of another stack',
    {
      P: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: 'theirs',
          Principal: 'events.amazonaws.com',
          Action: 'lambda:InvokeFunction',
        },
      },
    },
  ],
  [
    'a function for another account',
    {
      P: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: { Ref: 'F' },
          Principal: '999999999999',
          Action: 'lambda:InvokeFunction',
        },
      },
      F: { Type: 'AWS::Lambda::Function', Properties: {} },
    },
  ],
  [
    'grants of types that are not read',
    {
      P: {
        Type: 'AWS::RAM::ResourceShare',
        Properties: { Principals: ['999999999999'] },
      },
    },
  ],
  [
    'a grant of Lake Formation to another account',
    {
      G: {
        Type: 'AWS::LakeFormation::PrincipalPermissions',
        Properties: {
          Principal: { DataLakePrincipalIdentifier: '999999999999' },
        },
      },
    },
  ],
] as [string, object][])('%s', (_what, resources) => {
  it('needs permission, in words', () => {
    expect(list(resources).join()).toMatch(
      / (trusts|changes|acts as|allows|has|grants) /,
    );
  });
});

/** Each type with a policy of its own, on its own resource and on another's. */
describe.each([
  ['AWS::S3::BucketPolicy', 'Bucket', 'PolicyDocument', 'AWS::S3::Bucket'],
  ['AWS::SNS::TopicPolicy', 'Topics', 'PolicyDocument', 'AWS::SNS::Topic'],
  [
    'AWS::SNS::TopicInlinePolicy',
    'TopicArn',
    'PolicyDocument',
    'AWS::SNS::Topic',
  ],
  ['AWS::SQS::QueuePolicy', 'Queues', 'PolicyDocument', 'AWS::SQS::Queue'],
  ['AWS::SQS::QueueInlinePolicy', 'Queue', 'PolicyDocument', 'AWS::SQS::Queue'],
  [
    'AWS::SecretsManager::ResourcePolicy',
    'SecretId',
    'ResourcePolicy',
    'AWS::SecretsManager::Secret',
  ],
  ['AWS::KMS::Key', '', 'KeyPolicy', ''],
  ['AWS::ECR::Repository', '', 'RepositoryPolicyText', ''],
  ['AWS::EFS::FileSystem', '', 'FileSystemPolicy', ''],
  ['AWS::Backup::BackupVault', '', 'AccessPolicy', ''],
  ['AWS::OpenSearchService::Domain', '', 'AccessPolicies', ''],
  ['AWS::S3::AccessPoint', 'Bucket', 'Policy', 'AWS::S3::Bucket'],
])('%s', (Type, property, policy, ofType) => {
  const of = (Statement: unknown, on: unknown = { Ref: 'Own' }) =>
    list({
      Own: { Type: ofType || 'AWS::SNS::Topic', Properties: {} },
      It: {
        Type,
        Properties: {
          ...(property && { [property]: on }),
          [policy]: { Statement },
        },
      },
    });
  const grant = (Principal: unknown, rest: object = {}) => ({
    Effect: 'Allow',
    Principal,
    Action: 'x:Get',
    Resource: '*',
    ...rest,
  });
  const own = { AWS: 'arn:aws:iam::123456789012:root' };

  it('may trust its own account, services, and everyone within a condition on its account', () => {
    const Condition = {
      StringEquals: { 'aws:PrincipalAccount': '123456789012' },
    };
    const source = {
      Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
    };
    expect(
      of([
        grant(own),
        grant({
          AWS: {
            'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root',
          },
        }),
        grant({ Service: 'logs.amazonaws.com' }, source),
        grant('*', { Condition }),
        { ...grant('*'), Effect: 'Deny' },
      ]),
    ).toEqual([]);
  });

  it.each([
    ['*'],
    [{ AWS: '*' }],
    [{ AWS: ['123456789012', '999999999999'] }],
    [{ AWS: { Ref: 'Unknown' } }],
    [{ Federated: 'x' }],
    [{ CanonicalUser: 'x' }],
    [{ Service: 'evil.example' }],
  ])('needs permission to trust %j', principal => {
    expect(of(grant(principal)).join()).toMatch(/^It trusts /);
    const Condition = {
      StringEquals: { 'aws:PrincipalAccount': '999999999999' },
    };
    expect(of(grant(principal, { Condition }))).toHaveLength(1);
  });

  if (property) {
    it.each([
      'theirs',
      { 'Fn::ImportValue': 'x' },
      { 'Fn::GetAtt': ['Other', 'Arn'] },
    ])(`needs permission for another's: %j`, on => {
      expect(of(grant(own), on).join()).toMatch(
        /^It changes .* which is not of this template/,
      );
    });
  }
});

describe.each([
  '{{resolve:secretsmanager:theirs:SecretString:password}}',
  '{{resolve:ssm-secure:/theirs/password}}',
  'x {{resolve:ssm:/theirs/value:1}}',
])('the dynamic reference %s', text => {
  const parameter = (Value: unknown) => ({
    P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value } },
  });
  const [head, tail] = [text.slice(0, 9), text.slice(9)];

  it.each([
    ['in a value', parameter(text)],
    ['joined', parameter({ 'Fn::Join': ['', [head, tail]] })],
    ['substituted', parameter({ 'Fn::Sub': [`${head}\${x}`, { x: tail }] })],
    [
      'of parts that only CloudFormation knows',
      parameter({ 'Fn::Sub': '{{${Other.Name}:secretsmanager:x}}' }),
    ],
    [
      'joined of such parts',
      parameter({
        'Fn::Join': ['', ['{{', { Ref: 'Other' }, ':secretsmanager:x}}']],
      }),
    ],
  ])('needs permission %s', (_how, resources) => {
    expect(list(resources).join()).toMatch(/^P reads \{\{resolve:/);
  });

  it('needs permission as a parameter, secret or not, and as a default or an output', () => {
    const topic = { T: { Type: 'AWS::SNS::Topic', Properties: {} } };
    for (const NoEcho of [true, false]) {
      const Parameters = { V: { Type: 'String', NoEcho } };
      const given = { parameters: { V: text }, template: { Parameters } };
      expect(list(topic, {}, given).join()).toMatch(/^Parameters reads/);
    }
    const Parameters = { V: { Type: 'String', Default: text } };
    expect(list(topic, {}, { template: { Parameters } }).join()).toMatch(
      /^Parameters reads/,
    );
    const Outputs = { V: { Value: text } };
    expect(list(topic, {}, { template: { Outputs } }).join()).toMatch(
      /^Outputs reads/,
    );
  });

  it('may be listed', () => {
    const allowedDynamicReferences = [text.replace(/^.*resolve:|\}\}$/g, '')];
    expect(
      list(parameter(text), { reach: { allowedDynamicReferences } }),
    ).toEqual([]);
  });
});

it('leaves a stack its own, and what is listed', () => {
  const reach = {
    allowedPrincipals: ['999999999999', 'arn:aws:iam::888888888888:role/ci-*'],
    allowedManagedPolicies: ['arn:aws:iam::123456789012:policy/team-*'],
    attachableRoles: ['airflow'],
    passableRoles: ['arn:aws:iam::123456789012:role/shared'],
  };
  const Resource = {
    'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/lake-job',
  };
  const resources = {
    Job: role(
      [
        allow('iam:PassRole', [
          Resource,
          { 'Fn::GetAtt': ['Job', 'Arn'] },
          'arn:aws:iam::123456789012:role/shared',
        ]),
        allow('elasticmapreduce:AddJobFlowSteps', '*', {
          Condition: {
            StringEquals: { 'elasticmapreduce:ResourceTag/owner': 'a' },
          },
        }),
        allow('lambda:UpdateFunctionCode', { 'Fn::GetAtt': ['Fn', 'Arn'] }),
        allow(['s3:GetObject', 's3:PutObject'], {
          'Fn::Sub': '${Bucket.Arn}/*',
        }),
        allow('s3:PutBucketPolicy', { 'Fn::Sub': 'arn:aws:s3:::${Bucket}' }),
        allow(['iam:GetRole', 'glue:GetTables'], '*'),
      ],
      {
        RoleName: 'lake-job',
        ManagedPolicyArns: [
          { Ref: 'Policy' },
          'arn:aws:iam::123456789012:policy/team-a',
          'arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole',
        ],
        AssumeRolePolicyDocument: {
          Statement: [
            trust('x.amazonaws.com').Statement,
            {
              ...trust('').Statement,
              Principal: {
                AWS: ['999999999999', 'arn:aws:iam::888888888888:role/ci-7'],
              },
            },
          ],
        },
      },
    ),
    Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        Roles: ['airflow', { Ref: 'Job' }, 'lake-job'],
        PolicyDocument: {
          Statement: allow(
            'glue:StartJobRun',
            'arn:aws:glue:eu-west-1:123456789012:job/lake',
          ),
        },
      },
    },
    Own: { Type: 'AWS::Glue::Job', Properties: { Name: 'lake' } },
    Fn: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: {
          'Fn::If': [
            'Unknown',
            { 'Fn::GetAtt': ['Job', 'Arn'] },
            'arn:aws:iam::123456789012:role/shared',
          ],
        },
        Environment: { Variables: { TheirRole: 'x' } },
      },
    },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  };
  expect(list(resources, { reach })).toEqual([]);
  expect(list(resources)).toHaveLength(6);
});

it.each([
  [
    'another tag',
    { Condition: { StringEquals: { 'aws:ResourceTag/owner': 'b' } } },
    '*',
  ],
  [
    'one of two tags',
    { Condition: { StringEquals: { 'aws:ResourceTag/owner': ['a', 'b'] } } },
    '*',
  ],
  ['another account', {}, 'arn:aws:iam::999999999999:role/lake-job'],
  ['a longer name', {}, 'arn:aws:iam::123456789012:role/lake-job2'],
  ['a pattern', {}, 'arn:aws:iam::123456789012:role/lake-*'],
  ['a name in a value of any text', {}, { 'Fn::GetAtt': ['Free', 'Value'] }],
])('takes %s for another’s', (_what, rest, on) => {
  const resources = {
    Job: role(allow('iam:PassRole', on, rest), { RoleName: 'lake-job' }),
    Free: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Value: 'arn:aws:iam::123456789012:role/Admin' },
    },
  };
  expect(list(resources)).toHaveLength(1);
});

describe.each([
  ['mwaa', { NetworkIds: ['', 'sg-1,subnet-1,subnet-2'] }],
  ['observability', { FreshnessHours: ['0', '24'] }],
  [
    'foundations',
    {
      Compute: ['emr', 'emr-serverless'],
      EmrSubnetId: ['', 'subnet-0a1b'],
      TableFormat: ['parquet', 'iceberg'],
      LakeFormation: ['yes', 'no'],
      DataBucketName: ['', 'given-data'],
      CodeBucketName: ['', 'given-code'],
      ReleasePrefix: ['', 'releases/1/'],
      AlertEmail: ['', 'a@example.com'],
    },
  ],
] as [string, Record<string, string[]>][])('the stack %s', (name, choices) => {
  const file = join(
    __dirname,
    `../../skeleton/infra/templates/${name}.template.json`,
  );
  const text = readFileSync(file, 'utf8');
  const common = {
    Project: 'movielens',
    Environment: 'demo',
    Owner: 'group:default/a',
    Entity: 'component:default/movielens',
    MwaaEnvironmentName: 'airflow',
    MwaaBucketName: 'airflow-bucket',
    MwaaExecutionRoleName: 'airflow-execution',
  };
  const declared = Object.keys(JSON.parse(text).Parameters);
  const every = Object.entries(choices).reduce<Record<string, string>[]>(
    (all, [key, values]) =>
      all.flatMap(one => values.map(value => ({ ...one, [key]: value }))),
    [
      Object.fromEntries(
        Object.entries(common).filter(([key]) => declared.includes(key)),
      ),
    ],
  );
  const tags = {
    'data-lake:project': 'movielens',
    'data-lake:environment': 'demo',
    'data-lake:owner': common.Owner,
    'data-lake:entity': common.Entity,
  };
  const toDeployment = (parameters: Record<string, string>) => ({
    ...target,
    project: 'movielens',
    environment: 'demo',
    dagId: 'movielens-demo',
    dataBucket: parameters.DataBucketName ?? '',
    codeBucket: parameters.CodeBucketName ?? '',
    parameters,
  });
  const reached = (rules: TemplateRules, parameters: Record<string, string>) =>
    listFarReaching(
      {
        stackName: `movielens-demo-${name}`,
        template: parseTemplate(text, rules),
        parameters,
        tags,
      },
      target,
    );

  it('needs no permission, with every answer of the form', () => {
    for (const parameters of every) {
      const rules = withOwnReach(
        {
          ...defaultTemplateRules,
          reach: { attachableRoles: ['airflow-execution'] },
        },
        toDeployment(parameters),
      );
      expect([parameters, reached(rules, parameters)]).toEqual([
        parameters,
        [],
      ]);
    }
  });

  it('needs it for the role of an MWAA environment that nobody names', () => {
    const rules = withOwnReach(defaultTemplateRules, toDeployment(every[0]));
    const found = reached(rules, every[0]);
    expect(new Set(found.map(({ text: line }) => line))).toEqual(
      new Set(
        name === 'foundations'
          ? ['changes Roles airflow-execution, which is not of this template']
          : [],
      ),
    );
  });
});
