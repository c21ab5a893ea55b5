import { ResourceChange } from '../stack/resourceChange';
import { assertChecked } from './assertChecked';

const content = {
  Resources: {
    Topic: { Type: 'AWS::SNS::Topic' },
    Lake: { Type: 'My::Data::Lake::MODULE' },
  },
};
const rules = {
  allowedResourceTypes: [
    'AWS::SNS::Topic',
    'AWS::S3::*',
    'My::Data::Lake::MODULE',
  ],
};
const assert = (
  logicalId: string,
  type: string,
  does: ResourceChange['does'],
) =>
  assertChecked({
    stackName: 'lake',
    resources: [{ logicalId, type, does }],
    content,
    rules,
  });

describe.each([
  'added',
  'adopted',
  'changed',
  'perhaps replaced',
  'replaced',
] as const)('a resource that CloudFormation says would be %s', does => {
  it.each([
    ['Evil', 'AWS::IAM::User'],
    ['Evil', 'AWS::SNS::Topic'],
    ['Topic', 'AWS::IAM::User'],
    ['toString', 'AWS::SNS::Topic'],
    ['__proto__', 'AWS::SNS::Topic'],
    ['LakeUser', 'AWS::IAM::User'],
    ['LakeCode', 'Custom::Code'],
    ['LakeStack', 'AWS::CloudFormation::Stack'],
  ])('is refused if no checked template has it: %s (%s)', (id, type) => {
    expect(() => assert(id, type, does)).toThrow(
      `stack lake that the checked template does not have: ${id} (${type}). Nothing was changed`,
    );
  });

  it.each([
    ['Topic', 'AWS::SNS::Topic'],
    ['LakeBucket', 'AWS::S3::Bucket'],
  ])('may be one of the template or of its module: %s (%s)', (id, type) => {
    expect(() => assert(id, type, does)).not.toThrow();
  });
});

it('says nothing of a resource that leaves', () => {
  expect(() => assert('Former', 'AWS::IAM::User', 'removed')).not.toThrow();
});
