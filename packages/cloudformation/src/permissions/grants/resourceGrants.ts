import { asObject, toText } from '../../template/json';
import {
  Grant,
  isFunction,
  Properties,
  toConditionText,
  toGrant,
  toTexts,
  toUnreadGrants,
} from './grant';
import { listPolicyGrants } from './policyGrants';

/** Reads the grants of resource types that let others use the resource itself. */
export const resourceReaders: Record<
  string,
  (properties: Properties) => Grant[]
> = {
  'AWS::S3::Bucket': p => [...listPublicAccessGrants(p), ...listAclGrants(p)],
  'AWS::S3::BucketPolicy': p => listPolicyGrants(p.PolicyDocument),
  'AWS::SNS::TopicPolicy': p => listPolicyGrants(p.PolicyDocument),
  'AWS::SQS::QueuePolicy': p => listPolicyGrants(p.PolicyDocument),
  'AWS::SNS::TopicInlinePolicy': p => listPolicyGrants(p.PolicyDocument),
  'AWS::SQS::QueueInlinePolicy': p => listPolicyGrants(p.PolicyDocument),
  'AWS::KMS::Key': p => listPolicyGrants(p.KeyPolicy),
  'AWS::EC2::VPCEndpoint': p =>
    listPolicyGrants(p.PolicyDocument ?? openPolicy),
  'AWS::SecretsManager::ResourcePolicy': p =>
    listPolicyGrants(p.ResourcePolicy),
  'AWS::Lambda::Permission': p => [
    toGrant({
      who: toTexts(p.Principal),
      actions: toTexts(p.Action),
      on: toTexts(p.FunctionName),
      condition: toConditionText({
        SourceArn: p.SourceArn,
        SourceAccount: p.SourceAccount,
        PrincipalOrgID: p.PrincipalOrgID,
      }),
    }),
  ],
  'AWS::Lambda::Url': p => [
    toGrant({
      who: p.AuthType === 'NONE' ? ['*'] : ['IAM principals'],
      actions: ['lambda:InvokeFunctionUrl'],
      on: toTexts(p.TargetFunctionArn),
    }),
  ],
  'AWS::LakeFormation::Permissions': listLakeFormationGrants,
  'AWS::LakeFormation::PrincipalPermissions': listLakeFormationGrants,
};

/** The policy of an endpoint that has none of its own. */
const openPolicy = {
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
};

function listPublicAccessGrants(p: Properties): Grant[] {
  const { PublicAccessBlockConfiguration: block } = p;
  if (isFunction(block)) return toUnreadGrants(block, ['*']);
  return Object.entries(asObject(block))
    .map(([name, is]) => [name, toText(is)])
    .filter(([, is]) => is !== 'false')
    .map(([name, is]) =>
      toGrant({
        effect: 'Deny',
        who: ['*'],
        actions: [`public access (${is === 'true' ? name : `${name} ${is}`})`],
      }),
    );
}

function listAclGrants({
  AccessControl: acl = 'Private',
}: Properties): Grant[] {
  if (acl === 'Private') return [];
  const who = /^Public/.test(toText(acl)) ? ['*'] : ['other accounts'];
  return [toGrant({ who, actions: [`the canned ACL ${toText(acl)}`] })];
}

function listLakeFormationGrants(p: Properties): Grant[] {
  const principal = asObject(p.Principal ?? p.DataLakePrincipal);
  return [
    toGrant({
      who: toTexts(principal.DataLakePrincipalIdentifier),
      actions: [
        ...toTexts(p.Permissions, 'lakeformation '),
        ...toTexts(p.PermissionsWithGrantOption, 'lakeformation grant of '),
      ],
      on: toTexts(p.Resource),
    }),
  ];
}
