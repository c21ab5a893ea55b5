import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { mwaaPolicy } from '../lib/mwaa-policy.ts';
import { template } from './committed.ts';

const folder = new URL('../../policies/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
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
  'mwaa-environment': 40,
  'mwaa-execution-role-arn': 110,
  'dag-path': 20,
  'emr-serverless-application-id': 16,
};

test('all policies exist', () => {
  assert.deepEqual(files.sort(), [
    'cloudformation-mwaa.json',
    'cloudformation.json',
    'deploy.json',
    'mwaa-execution.json',
    'remove-data.json',
    'run.json',
    'status.json',
  ]);
});

test('the policy of the MWAA execution role matches the template', () => {
  assert.equal(read('mwaa-execution.json'), mwaaPolicy(template), 'Run `npm run synth` in infra/');
});

for (const file of files) {
  test(`${file} allows no wildcard action, and fits into an inline policy`, () => {
    const text = read(file);
    for (const statement of JSON.parse(text).Statement) {
      assert.equal(statement.Effect, 'Allow');
      for (const action of [statement.Action].flat()) assert.match(action, /^[a-z0-9-]+:[A-Za-z0-9]+$/);
      assert.equal(new Set([statement.Action].flat()).size, [statement.Action].flat().length, statement.Sid);
      for (const resource of [statement.Resource].flat())
        assert.match(resource, /^(\*|arn:aws:.+|<[a-z-]+-arn>)$/);
    }
    const filled = JSON.stringify(JSON.parse(text)).replace(/<([a-z-]+)>/g, (_, name: string) => {
      assert.ok(LONGEST[name], `<${name}> is not among the placeholders`);
      return 'x'.repeat(LONGEST[name]!);
    });
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    assert.ok(filled.length < 10_240, `${filled.length} characters`);
  });
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
