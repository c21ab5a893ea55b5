import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { resourcesOf, template } from './committed.ts';

const buckets = resourcesOf('AWS::S3::Bucket');

test('buckets and their key outlive the stack', () => {
  const retained = [...buckets, ...resourcesOf('AWS::KMS::Key')];
  assert.deepEqual(retained.map(([id]) => id).sort(), ['CodeBucket', 'DataBucket', 'Key', 'LogBucket']);
  for (const [id, resource] of retained) {
    // A failed first creation still deletes its empty buckets.
    assert.equal(resource.DeletionPolicy, 'RetainExceptOnCreate', id);
    assert.equal(resource.UpdateReplacePolicy, 'Retain', id);
  }
});

test('resources that outlive the stack have tags that name the owner', () => {
  for (const [id, resource] of [...buckets, ...resourcesOf('AWS::KMS::Key')]) {
    const tags = Object.fromEntries(resource.Properties.Tags.map((tag: any) => [tag.Key, tag.Value.Ref]));
    assert.deepEqual(
      tags,
      {
        'data-lake:project': 'Project',
        'data-lake:environment': 'Environment',
        'data-lake:owner': 'Owner',
        'data-lake:entity': 'Entity',
      },
      id,
    );
  }
});

test('every bucket is versioned, encrypted, blocks public access, and expires incomplete uploads', () => {
  for (const [id, { Properties }] of buckets) {
    assert.equal(Properties.VersioningConfiguration.Status, 'Enabled', id);
    assert.deepEqual(Object.values(Properties.PublicAccessBlockConfiguration), [true, true, true, true], id);
    const [rule] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
    assert.equal(
      rule.ServerSideEncryptionByDefault.SSEAlgorithm,
      id === 'LogBucket' ? 'AES256' : 'aws:kms',
      id,
    );
    assert.ok(
      Properties.LifecycleConfiguration.Rules.some((each: any) => each.AbortIncompleteMultipartUpload),
      id,
    );
    if (id !== 'LogBucket')
      assert.equal(Properties.LoggingConfiguration.DestinationBucketName.Ref, 'LogBucket', id);
  }
});

test('every bucket denies requests without TLS', () => {
  for (const [id, bucket] of buckets) {
    const policy = template.Resources[`${id}Policy`]!;
    assert.equal(policy.Properties.Bucket.Ref, id);
    assert.equal(policy.Condition, bucket.Condition);
    const refusing = policy.Properties.PolicyDocument.Statement.filter(
      (statement: any) =>
        statement.Effect === 'Deny' && statement.Condition.Bool['aws:SecureTransport'] === 'false',
    );
    assert.equal(refusing.length, 1, id);
    assert.equal(refusing[0].Action, 's3:*');
    assert.equal(refusing[0].Principal, '*');
  }
});

test('whatever the jobs write in the data bucket either is data or expires', () => {
  const written = new Set<string>();
  const walk = (value: any): void => {
    if (typeof value !== 'object' || value === null) return;
    if (value.Effect === 'Allow' && [value.Action].flat().includes('s3:PutObject')) {
      for (const resource of [value.Resource].flat()) {
        const folder = /\$\{DataBucketParameter\.Value\}\/([^/*]+)\/.*\*$/.exec(
          resource['Fn::Sub'] ?? '',
        )?.[1];
        if (folder) written.add(folder);
        else assert.doesNotMatch(JSON.stringify(resource), /DataBucket/, 'a job writes to any folder');
      }
    }
    Object.values(value).forEach(walk);
  };
  walk(template.Resources);
  const data = ['curated', 'marts', 'raw'];
  const rules = template.Resources.DataBucket!.Properties.LifecycleConfiguration.Rules;
  const expiring = rules
    .filter((rule: any) => rule.ExpirationInDays > 0 && rule.Status === 'Enabled')
    .map((rule: any) => /^([a-z]+)\/$/.exec(rule.Prefix)?.[1]);
  assert.deepEqual([...data, ...expiring].sort(), [...written].sort());
});

test('former versions, also of what was deleted, expire in the buckets of the lake', () => {
  for (const id of ['DataBucket', 'CodeBucket']) {
    const rules = template.Resources[id]!.Properties.LifecycleConfiguration.Rules;
    assert.ok(
      rules.some((rule: any) => rule.NoncurrentVersionExpiration?.NoncurrentDays > 0 && !rule.Prefix),
      id,
    );
  }
});

test('docs/operations.md gives the same rules for a bucket of another owner', () => {
  const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const [, json] = /```json lifecycle\n([^]*?)```/.exec(text)!;
  const given = JSON.parse(json!).Rules.map((rule: any) => ({
    Id: rule.ID,
    Prefix: rule.Filter.Prefix,
    Status: rule.Status,
    ...(rule.Expiration && { ExpirationInDays: rule.Expiration.Days }),
    ...(rule.NoncurrentVersionExpiration && {
      NoncurrentVersionExpiration: rule.NoncurrentVersionExpiration,
    }),
    ...(rule.AbortIncompleteMultipartUpload && {
      AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload,
    }),
  }));
  const made = template.Resources.DataBucket!.Properties.LifecycleConfiguration.Rules;
  assert.deepEqual(
    given,
    made.map((rule: any) => ({ Prefix: '', ...rule })),
  );
});

test('EventBridge and CloudWatch can publish to the encrypted topic, without condition keys on the key', () => {
  const speaksOf = (service: string) => (statement: any) =>
    [statement.Principal.Service].flat().includes(`${service}.amazonaws.com`);
  const onKey = template.Resources.Key!.Properties.KeyPolicy.Statement;
  const onTopic = template.Resources.AlertTopicPolicy!.Properties.PolicyDocument.Statement;
  const conditions = (service: string) =>
    [...onKey, ...onTopic].filter(speaksOf(service)).map((statement: any) => statement.Condition);
  assert.deepEqual(conditions('events'), [undefined, undefined]);
  assert.deepEqual(conditions('cloudwatch'), [
    undefined,
    { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
  ]);
});
