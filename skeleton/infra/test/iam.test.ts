import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allResources } from './committed.ts';

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | string[];
  readonly NotAction?: unknown;
  readonly NotResource?: unknown;
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** Actions for which AWS knows no resource, and why we need them. */
const WITHOUT_RESOURCE: Record<string, string> = {
  'cloudwatch:PutMetricData': 'metrics have no ARN; bound by namespace',
  'elasticmapreduce:ListClusters': 'clusters that no task ends are found by name',
  'elasticmapreduce:RunJobFlow': 'the cluster is not there yet; bound by request tags',
  'logs:CreateLogDelivery': 'state machine logging',
  'logs:DeleteLogDelivery': 'state machine logging',
  'logs:DescribeLogGroups': 'state machine logging',
  'logs:DescribeResourcePolicies': 'state machine logging',
  'logs:GetLogDelivery': 'state machine logging',
  'logs:ListLogDeliveries': 'state machine logging',
  'logs:PutResourcePolicy': 'state machine logging',
  'logs:UpdateLogDelivery': 'state machine logging',
  's3:GetAccountPublicAccessBlock': 'asked by MWAA of the account',
  'xray:GetSamplingRules': 'state machine tracing',
  'xray:GetSamplingTargets': 'state machine tracing',
  'xray:PutTelemetryRecords': 'state machine tracing',
  'xray:PutTraceSegments': 'state machine tracing',
};

const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Lists the statements, those of both sides of a choice too. */
const flatten = (statement: any): Statement[] =>
  'Fn::If' in statement
    ? statement['Fn::If'].slice(1).filter((each: any) => each.Ref !== 'AWS::NoValue')
    : [statement];

/** Every policy statement anywhere in the template, with the resource it stands in. */
const statements = allResources.flatMap(([id, resource]) => {
  const found: { id: string; type: string; statement: Statement }[] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    if ('Statement' in value) {
      for (const statement of list(value.Statement as Statement).flatMap(flatten))
        found.push({ id, type: resource.Type, statement });
    }
    Object.values(value).forEach(walk);
  };
  walk(resource.Properties);
  return found;
});
const allowing = statements.filter(({ statement }) => statement.Effect === 'Allow');

test('the walk finds the statements', () => {
  assert.ok(allowing.length > 40, `only ${allowing.length}`);
  const places = new Set(allowing.map(({ id }) => id));
  assert.ok(places.size > 14, `only in ${[...places]}`);
});

test('no action is a wildcard', () => {
  for (const { id, statement } of allowing) {
    assert.equal(statement.NotAction, undefined, id);
    assert.equal(statement.NotResource, undefined, id);
    for (const action of list(statement.Action)) assert.doesNotMatch(action, /\*/, id);
  }
});

test('only named principals may assume a role', () => {
  for (const { id, statement } of allowing) {
    if (statement.Principal !== undefined) assert.doesNotMatch(JSON.stringify(statement.Principal), /\*/, id);
  }
});

test('a resource is * only if AWS supports nothing narrower', () => {
  const used = new Set<string>();
  for (const { id, type, statement } of allowing) {
    // In a key's own policy * means the key.
    if (type === 'AWS::KMS::Key' || !list(statement.Resource).includes('*')) continue;
    for (const action of list(statement.Action)) {
      assert.ok(WITHOUT_RESOURCE[action], `${id}: ${action} on *`);
      used.add(action);
    }
  }
  assert.deepEqual(
    [...used].sort(),
    Object.keys(WITHOUT_RESOURCE).sort(),
    'an exception that is no longer needed',
  );
});

test('a resource with a wildcard belongs to this lake or has a condition', () => {
  const ours =
    /\$\{(Project|Database|EmrServerlessApplication|DataBucketParameter\.Value|CodeBucketParameter\.Value|LogBucket|MwaaBucket|MwaaEnvironmentName)\}|\/aws-glue\/|:airflow-celery-/;
  for (const { id, type, statement } of allowing) {
    if (type === 'AWS::KMS::Key') continue;
    for (const resource of list(statement.Resource).map((each) => JSON.stringify(each))) {
      if (!resource.includes('*') || resource === '"*"') continue;
      // EMR makes its security groups in the VPC of a subnet, whose id no parameter tells.
      if (id === 'EmrServiceRole' && resource.includes(':vpc/*')) continue;
      assert.ok(
        ours.test(resource) || JSON.stringify(statement.Condition ?? {}).includes('data-lake:project'),
        `${id}: ${resource}`,
      );
    }
  }
});

test('a role is passed by name, and only to its service', () => {
  const passing = allowing.filter(({ statement }) => list(statement.Action).includes('iam:PassRole'));
  assert.equal(passing.length, 4);
  for (const { id, statement } of passing) {
    assert.deepEqual(list(statement.Action), ['iam:PassRole'], id);
    assert.doesNotMatch(JSON.stringify(statement.Resource), /\*/, id);
    assert.match(
      String(statement.Condition?.StringEquals?.['iam:PassedToService']),
      /^[a-z0-9-]+\.amazonaws\.com$/,
      id,
    );
  }
});

test("EMR calls require this project's and environment's tags, but for the list of clusters", () => {
  const emr = allowing.filter(({ statement }) =>
    list(statement.Action).some(
      (action) => action.startsWith('elasticmapreduce:') && action !== 'elasticmapreduce:ListClusters',
    ),
  );
  assert.equal(emr.length, 3);
  for (const { id, statement } of emr) {
    const keys = Object.keys(statement.Condition?.StringEquals ?? {});
    assert.ok(
      keys.some((key) => /(Request|Resource)Tag\/data-lake:project$/.test(key)),
      id,
    );
    assert.ok(
      keys.some((key) => /(Request|Resource)Tag\/data-lake:environment$/.test(key)),
      id,
    );
  }
});

test('managed policies have at most 6,144 characters with the longest names', () => {
  const longest: Record<string, string> = {
    Project: 'p'.repeat(20),
    Environment: 'e'.repeat(8),
    'DataBucketParameter.Value': 'b'.repeat(63),
    'CodeBucketParameter.Value': 'b'.repeat(63),
  };
  for (const [id, resource] of allResources) {
    if (resource.Type !== 'AWS::IAM::ManagedPolicy') continue;
    const document = resource.Properties.PolicyDocument;
    const resolved = JSON.stringify({ ...document, Statement: document.Statement.flatMap(flatten) })
      .replace(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
      .replace(/\$\{([^}]+)\}/g, (_, name: string) => longest[name] ?? 'x'.repeat(14));
    assert.ok(resolved.length < 6_144, `${id}: ${resolved.length}`);
  }
});
