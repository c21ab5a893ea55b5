import { listFarReaching } from '../..';
import { defaultTemplateRules } from '../../template/templateRules';
import { parseTemplate } from '../../template/parseTemplate';

const many = Array.from({ length: 200_000 }, () => 'r');
const trust = {
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  },
};
const role = (more: object) => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: trust, ...more },
});
const policies = (Statement: unknown) => ({
  Policies: [{ PolicyName: 'p', PolicyDocument: { Statement } }],
});

/** A template may hold lists of any length where CloudFormation takes one value. */
it.each([
  [
    'a role of a function',
    {
      Type: 'AWS::Lambda::Function',
      Properties: { Role: many, Code: { ZipFile: 'x' } },
    },
  ],
  [
    'the actions of a statement',
    role(policies({ Effect: 'Allow', Action: many, Resource: '*' })),
  ],
  [
    'the resources of a statement',
    role(policies({ Effect: 'Allow', Action: 'iam:PassRole', Resource: many })),
  ],
  ['the statements of a policy', role(policies(many))],
  ['managed policies', role({ ManagedPolicyArns: many })],
  [
    'principals',
    role({
      AssumeRolePolicyDocument: {
        Statement: { ...trust.Statement, Principal: { AWS: many } },
      },
    }),
  ],
])('finds what reaches far in 200,000 items: %s', (_what, resource) => {
  const template = parseTemplate(
    JSON.stringify({ Resources: { It: resource } }),
    {
      ...defaultTemplateRules,
      permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
    },
  );
  const found = listFarReaching(
    { stackName: 'lake', template, parameters: {}, tags: {} },
    { account: '123456789012', region: 'eu-west-1' },
  );
  expect(found).not.toEqual([]);
});
