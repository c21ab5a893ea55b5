/** The longest names that project.yaml allows fit into what AWS allows, in every region. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allResources } from './committed.ts';

/** Longest name by type: https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html */
const limits: Record<string, number> = {
  'AWS::CloudWatch::Alarm': 255,
  'AWS::CloudWatch::Dashboard': 255,
  'AWS::EMRServerless::Application': 64,
  'AWS::Events::Rule': 64,
  'AWS::Glue::Crawler': 255,
  'AWS::Glue::Job': 255,
  'AWS::Glue::SecurityConfiguration': 255,
  'AWS::IAM::InstanceProfile': 128,
  'AWS::IAM::ManagedPolicy': 128,
  'AWS::IAM::Role': 64,
  'AWS::KMS::Alias': 256,
  'AWS::Lambda::Function': 64,
  'AWS::Logs::LogGroup': 512,
  'AWS::MWAA::Environment': 80,
  'AWS::S3::Bucket': 63,
  'AWS::SNS::Topic': 256,
  'AWS::SQS::Queue': 80,
  'AWS::SSM::Parameter': 1011,
  'AWS::StepFunctions::StateMachine': 80,
};

const longest: Record<string, string> = {
  Project: 'abcdefghij-klmnopqrs',
  Environment: 'abcdefgh',
  'AWS::AccountId': '123456789012',
  // The longest of all partitions.
  'AWS::Region': 'us-isof-south-1',
};

const named = allResources.flatMap(([id, { Type, Properties }]) =>
  Object.entries(Properties ?? {})
    .filter(
      ([key]) => key === 'Name' || (/^[A-Z]\w*Name$/.test(key) && Type.endsWith(key.replace('Name', ''))),
    )
    .map(([, value]) => ({ id, type: Type, text: value?.['Fn::Sub'] as string | undefined }))
    .filter(({ text }) => text !== undefined),
);

test('every kind of resource with a name has a limit here', () => {
  assert.ok(named.length > 40);
  const unknown = named.filter(({ type }) => !(type in limits)).map(({ id, type }) => `${id}: ${type}`);
  assert.deepEqual(unknown, []);
});

for (const { id, type, text } of named)
  test(`${id} has a name that is short enough`, () => {
    const name = text!.replace(/\$\{([\w:]+)\}/g, (_, key: string) => longest[key] ?? 'a'.repeat(80));
    assert.ok(name.length <= limits[type]!, `${name} has ${name.length} characters`);
  });
