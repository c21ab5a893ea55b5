import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { stackNames } from '../lib/stack-names.ts';
import { stacks, TEMPLATE_BODY_LIMIT, templateOf } from '../lib/template.ts';
import { allResources, committed, resourcesOf, template, textOf } from './committed.ts';

process.env.CDK_VALIDATION ??= 'false';

/** Bytes of a template that stay free: a tenth, for about ten resources. */
const ROOM = 5_120;

for (const name of stackNames) {
  const text = textOf(name);

  test(`${name}: the committed template matches its source`, () => {
    assert.equal(text, templateOf(name), 'Run `npm run synth` in infra/, review the changes, commit them');
  });

  test(`${name}: cdk deploy sends the committed template`, () => {
    const app = new App();
    const stack = new stacks[name](app, `movielens-demo-${name}`, {
      tags: { 'data-lake:project': 'movielens' },
      synthesizer: new CliCredentialsStackSynthesizer(),
    });
    assert.deepEqual(app.synth().getStackArtifact(stack.artifactId).template, committed[name]);
  });

  test(`${name}: the template fits into one request`, () => {
    assert.ok(Buffer.byteLength(text) < TEMPLATE_BODY_LIMIT, `${Buffer.byteLength(text)} bytes`);
  });

  test(`${name}: the template leaves room for what a project adds`, () => {
    assert.ok(Buffer.byteLength(text) < TEMPLATE_BODY_LIMIT - ROOM, `${Buffer.byteLength(text)} bytes`);
  });

  test(`${name}: the template needs no bootstrap, assets, transforms or custom code`, () => {
    assert.deepEqual(Object.keys(committed[name]).sort(), [
      'Conditions',
      'Description',
      'Outputs',
      'Parameters',
      'Resources',
    ]);
    assert.doesNotMatch(text, /BootstrapVersion|cdk-hnb659fds|AWS::CDK::Metadata|Custom::|CustomResource/);
  });

  test(`${name}: every parameter has a description, and no pattern can backtrack endlessly`, () => {
    for (const [parameter, { AllowedPattern = '', Description }] of Object.entries(
      committed[name].Parameters,
    )) {
      assert.ok(Description, parameter);
      assert.doesNotMatch(AllowedPattern, /[*+}]\)?[*+{]|\)[*+{]/, `${parameter} repeats a repetition`);
    }
  });

  test(`${name}: every reference has a target in the template`, () => {
    const { Parameters, Resources } = committed[name];
    const known = new Set([...Object.keys(Parameters), ...Object.keys(Resources)]);
    const texts: string[] = [];
    const walk = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      if ('Fn::Sub' in value) {
        const [sub, given = {}] = [value['Fn::Sub']].flat() as [string, object?];
        texts.push(sub);
        for (const [, variable] of sub.matchAll(/\$\{([^}!]+)\}/g)) {
          assert.ok(
            variable!.startsWith('AWS::') || variable! in given || known.has(variable!.split('.')[0]!),
            `\${${variable}} in ${sub}`,
          );
        }
      }
      Object.values(value).forEach(walk);
    };
    walk(Resources);
    assert.ok(texts.length > 10);
  });
}

test('the parameters are those of the contract', () => {
  assert.deepEqual(Object.keys(template.Parameters).sort(), [
    'AlertEmail',
    'CodeBucketName',
    'Compute',
    'DataBucketName',
    'EmrSubnetId',
    'Entity',
    'Environment',
    'LakeFormation',
    'MwaaBucketName',
    'MwaaEnvironmentName',
    'MwaaExecutionRoleName',
    'Owner',
    'Project',
    'ReleasePrefix',
    'TableFormat',
  ]);
});

test('the outputs are those of the contract', () => {
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
  ['EmrSubnetId', ['', 'subnet-0a1b2c3d'], ['subnet', 'vpc-1', 'subnet-x']],
  ['AlertEmail', ['', 'a@example.com'], ['a', 'a b@example.com', '@']],
  ['Owner', ['group:default/data-engineering'], ['', 'a b']],
  ['Compute', ['emr', 'emr-serverless'], ['', 'spark']],
  ['MwaaExecutionRoleName', ['AmazonMWAA-env-x'], ['arn:aws:iam::1:role/x', '']],
] as const) {
  test(`${parameter} accepts only valid values`, () => {
    for (const value of good) assert.ok(accepts(parameter, value), `refuses ${JSON.stringify(value)}`);
    for (const value of bad) assert.ok(!accepts(parameter, value), `takes ${JSON.stringify(value)}`);
  });
}

test('no resource needs uploaded code before a release', () => {
  for (const type of ['AWS::Lambda::Function', 'AWS::StepFunctions::StateMachine']) {
    for (const [id, resource] of resourcesOf(type)) assert.equal(resource.Condition, 'Released', id);
  }
  assert.equal(template.Resources.ReleasePrefixParameter?.Condition, 'Released');
  assert.equal(template.Resources.StateMachineArnParameter?.Condition, 'Released');
  assert.equal(template.Outputs.StateMachineArn?.Condition, 'Released');
  assert.equal(template.Resources.TransformJob?.Condition, undefined);
});

test('every logical id occurs in one stack only', () => {
  const ids = allResources.map(([id]) => id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
});

test('names contain project and environment, so that several fit into one account', () => {
  const named = allResources.flatMap(([id, { Properties }]) =>
    Object.entries(Properties)
      .filter(
        ([key]) =>
          /^(Name|\w+Name)$/.test(key) && !['DatabaseName', 'MetricName', 'ServiceName'].includes(key),
      )
      .map(([key, value]) => [`${id}.${key}`, value] as const),
  );
  assert.ok(named.length > 30);
  for (const [where, value] of named) {
    // project.yaml names the resources of the mwaa stack.
    assert.match(JSON.stringify(value), /\$\{Project\}[-/]\$\{Environment\}|\bMwaa\w+Name\b/, where);
  }
});
