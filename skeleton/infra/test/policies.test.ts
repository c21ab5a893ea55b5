import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mwaaPolicy } from '../lib/mwaa-policy.ts';
import { boundaryFile, roles } from '../lib/roles.ts';
import { rolesTemplate } from '../lib/roles-template.ts';
import { TEMPLATE_BODY_LIMIT } from '../lib/template.ts';
import { resourcesOf, template } from './committed.ts';

const folder = new URL('../../policies/', import.meta.url);
const files = readdirSync(folder).filter((name) => /^[a-z-]+\.json$/.test(name));
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** What a placeholder may be replaced by at most, in characters. */
const LONGEST: Record<string, number> = {
  account: 12,
  region: 14,
  project: 20,
  environment: 8,
  database: 29,
  'code-bucket': 63,
  'mwaa-bucket': 63,
  'data-bucket': 63,
  'mwaa-environment': 80,
  'mwaa-execution-role-arn': 110,
  'dag-path': 20,
  'emr-serverless-application-id': 16,
  'kms-key-arn': 90,
  'permissions-boundary-arn': 90,
  'service-role-arn': 90,
};

test('the README says for every policy where it goes, and knows no other', () => {
  const named = [...read('README.md').matchAll(/^\| `([a-z-]+\.json)` \|/gm)].map(([, name]) => name);
  assert.deepEqual(named.sort(), files.sort());
});

test('the policy of the MWAA execution role matches the template', () => {
  assert.equal(read('mwaa-execution.json'), mwaaPolicy(template), 'Run `npm run synth` in infra/');
});

for (const file of files) {
  test(`${file} allows no wildcard action, and fits into a managed policy`, () => {
    for (const statement of JSON.parse(read(file)).Statement) {
      const actions = [statement.Action].flat();
      // A wildcard is safe in a statement that denies.
      if (statement.Effect === 'Allow')
        for (const action of actions) assert.match(action, /^[a-z0-9-]+:[A-Za-z0-9]+$/);
      assert.equal(new Set(actions).size, actions.length, statement.Sid);
      for (const resource of [statement.Resource].flat())
        assert.match(resource, /^(\*|arn:aws:.+|<[a-z-]+-arn>)$/);
    }
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    assert.ok(sizeOf(file) <= 6_144, `${sizeOf(file)} characters`);
  });
}

test('a role has at most 10 managed policies, also if one role does everything', () => {
  for (const [role, { policies }] of Object.entries(roles))
    assert.ok(Object.keys(policies).length <= 10, role);
  const all = new Set(Object.values(roles).flatMap(({ policies }) => Object.keys(policies)));
  assert.ok(all.size <= 10, [...all].join(', '));
});

test('every policy goes to a role, to all roles as their boundary, or to the execution role of MWAA', () => {
  const used = Object.values(roles).flatMap(({ policies }) => Object.keys(policies));
  assert.deepEqual([...new Set(used), boundaryFile, 'mwaa-execution.json'].sort(), files.sort());
});

test('the template of the roles matches the policies, and fits into one request', () => {
  const text = read('roles.template.json');
  assert.equal(text, rolesTemplate(), 'Run `npm run synth` in infra/');
  assert.ok(Buffer.byteLength(text) <= TEMPLATE_BODY_LIMIT, `${Buffer.byteLength(text)} bytes`);
  for (const [id, { Type, Properties }] of Object.entries<any>(JSON.parse(text).Resources)) {
    assert.equal(Properties.Path, '/data-lake/', id);
    if (Type !== 'AWS::IAM::Role') continue;
    // With both ways in, and the longest ARN and subject.
    assert.ok(JSON.stringify(Properties.AssumeRolePolicyDocument).length + 512 + 256 <= 2_048, id);
  }
});

test("CloudFormation may pass the roles of the templates, and attach the templates' policies to them", () => {
  const statements = JSON.parse(read('cloudformation-iam.json')).Statement;
  const having = (sid: RegExp, pick: (statement: any) => unknown) =>
    statements
      .filter(({ Sid }: any) => sid.test(Sid))
      .flatMap((each: any): string[] => pick(each) as string[]);
  const ofTemplate = (type: string, property: string) =>
    resourcesOf(type).map(([, { Properties }]) =>
      Properties[property]['Fn::Sub'].replace('${Project}-${Environment}', '<project>-<environment>'),
    );
  const passed = having(/^PassTo/, ({ Resource }) => Resource).map((arn: string) => arn.split(':role/')[1]);
  // The DAG passes these itself.
  const byDag = ['emr-service', 'emr-serverless-job'].map((name) => `<project>-<environment>-${name}`);
  assert.deepEqual([...passed, ...byDag].sort(), ofTemplate('AWS::IAM::Role', 'RoleName').sort());
  const made = having(/^Policies$/, ({ Resource }) => Resource).map(
    (arn: string) => arn.split(':policy/')[1],
  );
  assert.deepEqual(made.sort(), ofTemplate('AWS::IAM::ManagedPolicy', 'ManagedPolicyName').sort());
});

test('every call that gives a role rights wants the boundary', () => {
  for (const file of files) {
    for (const { Effect, Action, Condition, Sid } of JSON.parse(read(file)).Statement) {
      if (Effect !== 'Allow') continue;
      for (const action of [Action].flat()) {
        if (!/^iam:(Create|Put|Attach|UpdateAssume)Role/.test(action) && !/^iam:(Attach|Put)/.test(action))
          continue;
        const wanted = { ...Condition.StringEquals, ...Condition.ArnLike }['iam:PermissionsBoundary'];
        assert.match(wanted, /^<permissions-boundary-arn>$|:policy\/data-lake\/\*$/, `${file} ${Sid}`);
      }
    }
  }
});

/** Returns the size of a policy with the longest names, as IAM counts it: without white space. */
function sizeOf(file: string): number {
  return JSON.stringify(JSON.parse(read(file))).replace(/<([a-z-]+)>/g, (_, name: string) => {
    assert.ok(LONGEST[name], `<${name}> is not among the placeholders`);
    return 'x'.repeat(LONGEST[name]!);
  }).length;
}

test('a statement that passes a role names the service', () => {
  for (const file of files) {
    for (const statement of JSON.parse(read(file)).Statement) {
      if (![statement.Action].flat().includes('iam:PassRole')) continue;
      assert.ok(statement.Condition.StringEquals['iam:PassedToService'], file);
    }
  }
});

test('the status policy changes nothing', () => {
  for (const statement of JSON.parse(read('status.json')).Statement) {
    for (const action of statement.Action) {
      assert.match(action, /:(Get|List|Describe|BatchGet|Filter)|^airflow:InvokeRestApi$/);
    }
  }
});

test('the role of the preview has the deploy policy, and reads or makes change sets with it alone', () => {
  const { Preview } = JSON.parse(read('preview-role.template.json')).Resources;
  const [attached] = Preview.Properties.ManagedPolicyArns;
  assert.match(attached['Fn::Sub'], /:policy\/data-lake\/\$\{Name\}-deploy$/);
  assert.equal(Preview.Properties.ManagedPolicyArns.length, 1);
  const [denial] = Preview.Properties.Policies[0].PolicyDocument.Statement;
  assert.deepEqual([denial.Effect, denial.Resource, denial.Condition], ['Deny', '*', undefined]);
  const patterns = denial.NotAction.map((each: string) => new RegExp(`^${each.replace('*', '.*')}$`));
  const left = JSON.parse(read('deploy.json'))
    .Statement.flatMap(({ Action }: any) => Action)
    .filter((action: string) => patterns.some((pattern: RegExp) => pattern.test(action)));
  const writing = left.filter((action: string) => !/:(Get|List|Describe)/.test(action));
  assert.deepEqual([...new Set(writing)].sort(), [
    'cloudformation:CreateChangeSet',
    'cloudformation:DeleteChangeSet',
    'cloudformation:TagResource',
    'iam:PassRole',
    'kms:Decrypt',
  ]);
});
