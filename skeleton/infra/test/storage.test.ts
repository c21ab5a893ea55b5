import assert from 'node:assert/strict';
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

test('raw, curated and marts never expire', () => {
  for (const rule of template.Resources.DataBucket!.Properties.LifecycleConfiguration.Rules) {
    if (rule.ExpirationInDays) assert.match(rule.Prefix, /^(tmp|logs|staging)\//);
  }
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
