import { asList, asObject, toText } from '../../template/json';
import {
  Grant,
  isFunction,
  Properties,
  toGrant,
  toTexts,
  toUnreadGrants,
} from './grant';
import { listPolicyGrants } from './policyGrants';

/** Reads the grants of IAM's resource types. */
export const iamReaders: Record<string, (properties: Properties) => Grant[]> = {
  'AWS::IAM::Role': p => [
    ...listPolicyGrants(p.AssumeRolePolicyDocument),
    ...listIdentityGrants(p, ['this role']),
  ],
  'AWS::IAM::User': p => listIdentityGrants(p, ['this user']),
  'AWS::IAM::Group': p => listIdentityGrants(p, ['this group']),
  'AWS::IAM::Policy': listAttachedGrants,
  'AWS::IAM::ManagedPolicy': listAttachedGrants,
  'AWS::IAM::RolePolicy': p =>
    listPolicyGrants(p.PolicyDocument, toTexts(p.RoleName, 'role ')),
  'AWS::IAM::UserPolicy': p =>
    listPolicyGrants(p.PolicyDocument, toTexts(p.UserName, 'user ')),
  'AWS::IAM::GroupPolicy': p =>
    listPolicyGrants(p.PolicyDocument, toTexts(p.GroupName, 'group ')),
  'AWS::IAM::UserToGroupAddition': p => [
    toGrant({
      who: toTexts(p.Users, 'user '),
      actions: toTexts(p.GroupName, 'as '),
    }),
  ],
  'AWS::IAM::InstanceProfile': p => [
    toGrant({ who: ['EC2 instances'], actions: toTexts(p.Roles, 'role ') }),
  ],
};

function listIdentityGrants(p: Properties, who: string[]): Grant[] {
  return [
    ...asList(p.Policies).flatMap(policy =>
      isFunction(policy)
        ? toUnreadGrants(policy, who)
        : listPolicyGrants(asObject(policy).PolicyDocument, who),
    ),
    ...asList(p.ManagedPolicyArns).map(arn =>
      toGrant({ who, actions: [`policy ${toText(arn)}`] }),
    ),
    ...asList(p.Groups).map(group =>
      toGrant({ who, actions: [`as ${toText(group)}`] }),
    ),
    // a boundary restricts: without it, or with another, more is allowed
    ...asList(p.PermissionsBoundary).map(arn =>
      toGrant({ effect: 'Deny', who, actions: [`beyond ${toText(arn)}`] }),
    ),
  ];
}

function listAttachedGrants(p: Properties): Grant[] {
  const who = [
    ...toTexts(p.Roles, 'role '),
    ...toTexts(p.Users, 'user '),
    ...toTexts(p.Groups, 'group '),
  ];
  // a managed policy that is not attached here can be attached elsewhere
  return listPolicyGrants(
    p.PolicyDocument,
    who.length > 0 ? who : ['any principal it is attached to'],
  );
}
