import { toText } from '../../template/json';
import { TemplateResource } from '../../template/evaluateTemplate';
import {
  anyPrincipal,
  Grant,
  Properties,
  toGrant,
  toUnreadGrants,
} from './grant';
import { iamReaders } from './iamGrants';
import { networkReaders } from './networkGrants';
import { listPolicyGrants } from './policyGrants';
import { resourceReaders } from './resourceGrants';

/**
 * Lists what a resource allows and denies; empty for types that do neither. A value that cannot be read
 * counts as allowed and as denied, as it is written: it must be the same before and after.
 */
export function listGrants({ type, properties }: TemplateResource): Grant[] {
  const grants = Object.hasOwn(readers, type)
    ? readers[type](properties)
    : listUnknownGrants(type, properties);
  return grants.map(grant =>
    grant.who.length > 0 ? grant : { ...grant, who: [anyPrincipal] },
  );
}

/** Lists the roles that a resource acts as: another role may have more permissions. */
export function listRoles({ type, properties }: TemplateResource): Grant[] {
  if (type.startsWith('AWS::IAM::')) return [];
  return Object.entries(properties)
    .filter(([name]) => /Role(Arn|ARN)?$/.test(name))
    .map(([name, role]) =>
      toGrant({ who: ['this resource'], actions: [`${name} ${toText(role)}`] }),
    );
}

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html */
const readers = { ...iamReaders, ...resourceReaders, ...networkReaders };

/** Types that by their names grant permissions, although they are not read here. */
const grantingType =
  /^AWS::(IAM|IdentityStore|Organizations|RAM|RolesAnywhere|SSO)::|^AWS::(Config::.*ConformancePack|DataPipeline::Pipeline|EKS::AccessEntry|LakeFormation::DataLakeSettings|Logs::(Destination|SubscriptionFilter)|S3::AccessGrant|SSM::Association)|Permissions?$|(?<!Scaling|Lifecycle)Policy$/;

/** Tells whether a type grants permissions by its name that are not read here. */
export const grantsUnread = (type: string): boolean =>
  grantingType.test(type) && !Object.hasOwn(readers, type);

/** Properties that hold a policy in types that do more than that. */
const policyProperties = [
  'AccessPolicies',
  'FileSystemPolicy',
  'KeyPolicy',
  'Policy',
  'PolicyDocument',
  'RepositoryPolicyText',
  'ResourcePolicy',
];

function listUnknownGrants(type: string, p: Properties): Grant[] {
  if (grantingType.test(type)) return toUnreadGrants(p);
  return policyProperties.flatMap(name => listPolicyGrants(p[name]));
}
