import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { FoundationsStack } from '../lib/foundations-stack.ts';
import { TEMPLATE_BODY_LIMIT, templateOf } from '../lib/template.ts';
import { resourcesOf, template, text } from './foundations.ts';

process.env.CDK_VALIDATION ??= 'false';

test('the committed template is what the source makes', () => {
  assert.equal(
    text,
    templateOf('foundations'),
    'Run `npm run synth` in infra/, look at the difference, commit it',
  );
});

test('cdk deploy sends the same template', () => {
  const app = new App();
  const stack = new FoundationsStack(app, 'movielens-demo-foundations', {
    tags: { 'data-lake:project': 'movielens' },
    synthesizer: new CliCredentialsStackSynthesizer(),
  });
  assert.deepEqual(app.synth().getStackArtifact(stack.artifactId).template, template);
});

test('the template fits into a request', () => {
  assert.ok(Buffer.byteLength(text) < TEMPLATE_BODY_LIMIT, `${Buffer.byteLength(text)} bytes`);
});

test('the template needs no bootstrap, no assets, no transform and no code of its own', () => {
  assert.deepEqual(Object.keys(template).sort(), [
    'Conditions',
    'Description',
    'Outputs',
    'Parameters',
    'Resources',
  ]);
  assert.doesNotMatch(text, /BootstrapVersion|cdk-hnb659fds|AWS::CDK::Metadata|Custom::|CustomResource/);
});

test('parameters are the agreed ones, each described', () => {
  assert.deepEqual(Object.keys(template.Parameters).sort(), [
    'AlertEmail',
    'CodeBucketName',
    'Compute',
    'DataBucketName',
    'Entity',
    'Environment',
    'LakeFormation',
    'MwaaBucketName',
    'MwaaEnvironmentName',
    'MwaaExecutionRoleName',
    'Owner',
    'Project',
    'ReleasePrefix',
  ]);
  for (const [name, { Description }] of Object.entries(template.Parameters)) assert.ok(Description, name);
});

test('outputs are the agreed ones', () => {
  assert.deepEqual(Object.keys(template.Outputs).sort(), [
    'CodeBucketName',
    'CuratedCrawlerName',
    'DagId',
    'DataBucketName',
    'DatabaseName',
    'GlueJobName',
    'MartsCrawlerName',
    'MwaaBucketName',
    'MwaaEnvironmentName',
    'ParameterPath',
    'StateMachineArn',
  ]);
});

const accepts = (parameter: string, value: string) => {
  const { AllowedPattern, AllowedValues } = template.Parameters[parameter]!;
  return AllowedValues ? AllowedValues.includes(value) : new RegExp(`^(?:${AllowedPattern})$`).test(value);
};

for (const [parameter, good, bad] of [
  ['Project', ['movielens', 'a-1', 'a'.repeat(20)], ['', 'ab', 'Movies', '1st', 'ends-', 'a'.repeat(21)]],
  ['Environment', ['dev', 'prod2'], ['', 'd', 'pre-prod', 'ninechars']],
  ['ReleasePrefix', ['', `releases/${'0f'.repeat(32)}/`], ['releases/x', '/releases/x/', 'releases/../']],
  ['DataBucketName', ['', 'my-data.bucket'], ['No', '-a-', 's3://x']],
  ['AlertEmail', ['', 'a@example.com'], ['a', 'a b@example.com', '@']],
  ['Owner', ['group:default/data-engineering'], ['', 'a b']],
  ['Compute', ['emr', 'emr-serverless'], ['', 'spark']],
  ['MwaaExecutionRoleName', ['AmazonMWAA-env-x'], ['arn:aws:iam::1:role/x', '']],
] as const) {
  test(`${parameter} takes what it should, and nothing else`, () => {
    for (const value of good) assert.ok(accepts(parameter, value), `refuses ${JSON.stringify(value)}`);
    for (const value of bad) assert.ok(!accepts(parameter, value), `takes ${JSON.stringify(value)}`);
  });
}

test('no pattern can be made to backtrack without end', () => {
  for (const [name, { AllowedPattern = '' }] of Object.entries(template.Parameters)) {
    assert.doesNotMatch(AllowedPattern, /[*+}]\)?[*+{]|\)[*+{]/, `${name} repeats a repetition`);
  }
});

test('before a release there is nothing that needs uploaded code', () => {
  for (const type of ['AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine']) {
    for (const [id, resource] of resourcesOf(type)) assert.equal(resource.Condition, 'Released', id);
  }
  assert.equal(template.Resources.ReleasePrefixParameter?.Condition, 'Released');
  assert.equal(template.Resources.StateMachineArnParameter?.Condition, 'Released');
  assert.equal(template.Outputs.StateMachineArn?.Condition, 'Released');
  assert.equal(template.Resources.TransformJob?.Condition, undefined);
});

test('every reference is to something in the template', () => {
  const known = new Set([...Object.keys(template.Parameters), ...Object.keys(template.Resources)]);
  const texts = [...text.matchAll(/\{"Fn::Sub":"((?:[^"\\]|\\.)*)"/g)].map(([, sub]) => sub!);
  assert.ok(texts.length > 50);
  for (const sub of texts) {
    for (const [, name] of sub.matchAll(/\$\{([^}!]+)\}/g)) {
      assert.ok(name!.startsWith('AWS::') || known.has(name!.split('.')[0]!), `\${${name}} in ${sub}`);
    }
  }
});

test('names are of this project and environment, so that several live in one account', () => {
  const named = Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
    Object.entries(Properties)
      .filter(([key]) => /^(Name|\w+Name)$/.test(key) && !['DatabaseName', 'ServiceName'].includes(key))
      .map(([key, value]) => [`${id}.${key}`, value] as const),
  );
  assert.ok(named.length > 30);
  for (const [where, value] of named) {
    assert.match(JSON.stringify(value), /\$\{Project\}[-/]\$\{Environment\}/, where);
  }
});
