import assert from 'node:assert/strict';
import { test } from 'node:test';
import { committed, resourcesOf } from './committed.ts';

const { mwaa, foundations } = committed;
const environment = mwaa.Resources.MwaaEnvironment!;

test('the bucket meets the requirements of MWAA, and outlives the stack with its key', () => {
  const { Properties, ...bucket } = mwaa.Resources.MwaaBucket!;
  assert.equal(Properties.VersioningConfiguration.Status, 'Enabled');
  assert.deepEqual(Object.values(Properties.PublicAccessBlockConfiguration), [true, true, true, true]);
  for (const resource of [bucket, mwaa.Resources.MwaaKey!]) {
    assert.equal(resource.DeletionPolicy, 'RetainExceptOnCreate');
    assert.equal(resource.UpdateReplacePolicy, 'Retain');
  }
  const [refuses] = mwaa.Resources.MwaaBucketPolicy!.Properties.PolicyDocument.Statement;
  assert.equal(refuses.Effect, 'Deny');
});

test('every log group of MWAA exists before it, expires, and is encrypted', () => {
  const groups = resourcesOf('AWS::Logs::LogGroup', mwaa);
  const written = Object.keys(environment.Properties.LoggingConfiguration).map((key) =>
    key.replace('Logs', '').toLowerCase(),
  );
  assert.deepEqual(groups.map(([id]) => id.replace('Log', '').toLowerCase()).sort(), written.sort());
  for (const [id, { Properties }] of groups) {
    assert.equal(Properties.RetentionInDays, 30, id);
    assert.deepEqual(Properties.KmsKeyId, { 'Fn::GetAtt': ['MwaaKey', 'Arn'] }, id);
    assert.ok(environment.DependsOn?.includes(id), id);
  }
});

test('the stack creates no network if one is given', () => {
  const network = Object.entries(mwaa.Resources).filter(([, { Type }]) => Type.startsWith('AWS::EC2::'));
  assert.ok(network.length > 15);
  for (const [id, { Condition }] of network) assert.equal(Condition, 'MakesNetwork', id);
  const { SecurityGroupIds, SubnetIds } = environment.Properties.NetworkConfiguration;
  assert.deepEqual(
    [...SecurityGroupIds, ...SubnetIds].map((each) => each['Fn::If'][2]),
    [0, 1, 2].map((index) => ({ 'Fn::Select': [index, { 'Fn::Split': [',', { Ref: 'NetworkIds' }] }] })),
  );
});

test('a new network has private subnets in two zones and one way out', () => {
  const { PrivateSubnetA, PrivateSubnetB, ToNat } = mwaa.Resources;
  const zone = (subnet: any) => subnet.Properties.AvailabilityZone['Fn::Select'][0];
  assert.notEqual(zone(PrivateSubnetA), zone(PrivateSubnetB));
  const blocks = resourcesOf('AWS::EC2::Subnet', mwaa).map(([, { Properties }]) => Properties.CidrBlock);
  assert.equal(new Set(blocks).size, blocks.length);
  assert.deepEqual(ToNat!.Properties.NatGatewayId, { Ref: 'NatGateway' });
});

test('foundations uses the names that this stack creates', () => {
  for (const name of ['MwaaEnvironmentName', 'MwaaBucketName', 'MwaaExecutionRoleName'])
    assert.equal(mwaa.Parameters[name]!.AllowedPattern, foundations.Parameters[name]!.AllowedPattern);
});
