import { readFileSync } from 'node:fs';
import { readable } from './readable.ts';
import { boundaryFile, roles } from './roles.ts';

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const folder = new URL('../../policies/', import.meta.url);

/**
 * Returns the template that a platform team deploys once for each environment, or once for an account: the
 * permissions boundary and the roles, with the policies in this folder. Backstage never deploys it.
 */
export function rolesTemplate(): string {
  const files = [...new Set(Object.values(roles).flatMap(({ policies }) => Object.keys(policies)))];
  return `${readable({
    Description:
      'Roles of Backstage and CI for a data lake, and the permissions boundary of the roles they make',
    Parameters: parameters,
    Rules: {
      SomebodyDeploys: {
        Assertions: [
          {
            Assert: { 'Fn::Not': [{ 'Fn::And': [isEmpty('BackstageRoleArn'), isEmpty('GitHubSubject')] }] },
            AssertDescription: 'Give BackstageRoleArn or GitHubSubject, or both',
          },
        ],
      },
    },
    Conditions: conditions,
    Resources: {
      Boundary: policyOf(boundaryFile),
      ...Object.fromEntries(files.map((file) => [idOf(file), policyOf(file)])),
      ...Object.fromEntries(Object.entries(roles).map(([role, its]) => [idOf(role), roleOf(role, its)])),
    },
    Outputs: {
      PermissionsBoundaryArn: {
        Description: 'awsDeploy.accounts[].permissionsBoundaryArn',
        Value: ref('Boundary'),
      },
      ServiceRoleArn: { Description: 'awsDeploy.accounts[].serviceRoleArn', Value: arnOf('Cloudformation') },
      DeployRoleArn: {
        Description: 'The role that Backstage or CI assumes to deploy',
        Value: arnOf('Deploy'),
      },
      StatusRoleArn: {
        Condition: 'HasBackstage',
        Description: 'The role that Backstage assumes to observe',
        Value: arnOf('Status'),
      },
    },
  })}\n`;
}

const ref = (name: string) => ({ Ref: name });
const arnOf = (role: string) => ({ 'Fn::GetAtt': [role, 'Arn'] });
const idOf = (file: string) =>
  file
    .replace('.json', '')
    .replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
    .concat(file.endsWith('.json') ? 'Policy' : '');

/** Everything here has the path /data-lake/, which no policy of a project may touch. */
const PATH = '/data-lake/';
const named = (thing: string) => ({ 'Fn::Sub': `\${Name}-${thing}` });

function policyOf(file: string) {
  const condition = Object.values(roles)
    .map(({ policies }) => policies[file])
    .find((each) => each !== undefined);
  return {
    Type: 'AWS::IAM::ManagedPolicy',
    ...(condition && { Condition: condition }),
    Properties: {
      ManagedPolicyName: named(file === boundaryFile ? 'boundary' : file.replace('.json', '')),
      Path: PATH,
      PolicyDocument: filled(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))),
    },
  };
}

function roleOf(role: string, { trusts, policies, condition }: (typeof roles)[string]) {
  return {
    Type: 'AWS::IAM::Role',
    ...(condition && { Condition: condition }),
    Properties: {
      RoleName: named(role),
      Path: PATH,
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: trusts },
      ManagedPolicyArns: Object.entries(policies).map(([file, condition]) =>
        condition ? { 'Fn::If': [condition, ref(idOf(file)), ref('AWS::NoValue')] } : ref(idOf(file)),
      ),
    },
  };
}

/** Replaces the placeholders of a policy by parameters, and leaves out the names of statements, which take room. */
function filled(value: Json): Json {
  if (Array.isArray(value)) return value.map(filled);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([key]) => key !== 'Sid');
    return Object.fromEntries(entries.map(([key, each]) => [key, filled(each)]));
  }
  if (typeof value !== 'string' || !/<[a-z-]+>|^arn:aws:/.test(value)) return value;
  const whole = /^<([a-z-]+)>$/.exec(value)?.[1];
  if (whole) return valueOf(whole);
  const variables: Record<string, Json> = {};
  const text = value
    .replace(/^arn:aws:/, 'arn:${AWS::Partition}:')
    .replace(/<([a-z-]+)>/g, (_, name: string) => {
      const found = valueOf(name);
      if ('Ref' in found) return `\${${found.Ref}}`;
      const variable = name.replaceAll('-', '');
      variables[variable] = found;
      return `\${${variable}}`;
    });
  return { 'Fn::Sub': Object.keys(variables).length > 0 ? [text, variables] : text };
}

function valueOf(placeholder: string): { [key: string]: Json } {
  const value = values[placeholder];
  if (!value) throw new Error(`There is no parameter for <${placeholder}>`);
  return value;
}

const bucket = (parameter: string, kind: string) => ({
  'Fn::If': [
    `Makes${parameter}`,
    { 'Fn::Sub': `\${Project}-\${Environment}-${kind}-\${AWS::AccountId}-\${AWS::Region}` },
    ref(parameter),
  ],
});

const values: Record<string, { [key: string]: Json }> = {
  account: ref('AWS::AccountId'),
  region: ref('AWS::Region'),
  project: ref('Project'),
  environment: ref('Environment'),
  database: {
    'Fn::Join': ['_', [{ 'Fn::Join': ['_', { 'Fn::Split': ['-', ref('Project')] }] }, ref('Environment')]],
  },
  'data-bucket': bucket('DataBucketName', 'data'),
  'code-bucket': bucket('CodeBucketName', 'code'),
  'mwaa-bucket': ref('MwaaBucketName'),
  'mwaa-environment': ref('MwaaEnvironmentName'),
  'mwaa-execution-role-arn': {
    'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/${MwaaExecutionRoleName}',
  },
  'dag-path': ref('DagPath'),
  'permissions-boundary-arn': ref('Boundary'),
  'service-role-arn': arnOf('Cloudformation'),
};

const text = (Description: string, more: object = {}) => ({ Type: 'String', Description, ...more });
const choice = (Description: string, Default: 'yes' | 'no') =>
  text(Description, { Default, AllowedValues: ['yes', 'no'] });

const parameters = {
  Name: text('First part of the names of these roles and policies, for example movielens-demo.', {
    AllowedPattern: '^[a-z][a-z0-9-]{1,29}$',
  }),
  Project: text('Name of the project, or * for all projects of the account.', {
    AllowedPattern: '^[*]$|^[a-z][a-z0-9-]{1,18}[a-z0-9]$',
  }),
  Environment: text('Name of the environment, or * for all.', {
    AllowedPattern: '^[*]$|^[a-z][a-z0-9]{1,7}$',
  }),
  DataBucketName: text('dataBucket of the environment. Empty: the stack makes it.', { Default: '' }),
  CodeBucketName: text('codeBucket of the environment. Empty: the stack makes it.', { Default: '' }),
  MwaaEnvironmentName: text('mwaa.environment of the environment.'),
  MwaaBucketName: text('mwaa.bucket of the environment.'),
  MwaaExecutionRoleName: text('mwaa.executionRole of the environment, with its path.'),
  DagPath: text('mwaa.dagPath of the environment.', { Default: 'dags' }),
  BackstageRoleArn: text('The role that the Backstage backend runs as. Empty: only CI deploys.', {
    Default: '',
  }),
  GitHubSubject: text(
    'repo:<organisation>/<repository>:environment:<environment> of the CI that deploys. Empty: only Backstage deploys.',
    { Default: '' },
  ),
  StartsRuns: choice('Whether people start runs from Backstage.', 'yes'),
  MakesMwaa: choice('Whether the project makes its own MWAA environment.', 'no'),
  MakesNetwork: choice('Whether it makes a VPC for it too.', 'no'),
  GrantsLakeFormation: choice('Whether the project grants Lake Formation permissions.', 'no'),
  RemovesData: choice(
    "Whether the data of environments may be deleted. 'no' but for the time of a deletion.",
    'no',
  ),
};

const is = (parameter: string) => ({ 'Fn::Equals': [ref(parameter), 'yes'] });
const isEmpty = (parameter: string) => ({ 'Fn::Equals': [ref(parameter), ''] });
const conditions = {
  MakesDataBucketName: isEmpty('DataBucketName'),
  MakesCodeBucketName: isEmpty('CodeBucketName'),
  HasBackstage: { 'Fn::Not': [isEmpty('BackstageRoleArn')] },
  HasGitHub: { 'Fn::Not': [isEmpty('GitHubSubject')] },
  StartsRuns: is('StartsRuns'),
  MakesMwaa: is('MakesMwaa'),
  MakesNetwork: is('MakesNetwork'),
  GrantsLakeFormation: is('GrantsLakeFormation'),
  RemovesData: is('RemovesData'),
};
