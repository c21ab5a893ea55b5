import { toPartition } from '@data-lake/aws';
import { joinReach, TemplateRules } from '@data-lake/cloudformation';
import { tagKeys, toParameterPath } from '@data-lake/plugin-data-lake-common';
import { reservedReach } from '../../access/reservedReach';
import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';

/**
 * Lets the roles of a project's stacks act on what belongs to its environment beyond their own stack: on what has
 * its tags, on names that only this environment has, and on the buckets that it is given. That it may use these
 * is checked before a deployment. Alerts go to the address that `project.yaml` names, and to no other.
 */
export function withOwnReach(
  rules: TemplateRules,
  deployment: Pick<
    ProjectDeploymentSpec,
    | 'account'
    | 'region'
    | 'project'
    | 'environment'
    | 'dagId'
    | 'dataBucket'
    | 'codeBucket'
    | 'parameters'
  >,
): TemplateRules {
  const { account, region, dagId: prefix, dataBucket, codeBucket } = deployment;
  const { parameters } = deployment;
  const path = toParameterPath(
    deployment.project,
    deployment.environment,
  ).replace(/\/$/, '');
  const buckets = [dataBucket, codeBucket].filter(isLiteral);
  const arns = [
    `ssm:${region}:${account}:parameter${path}`,
    `ssm:${region}:${account}:parameter${path}/*`,
    // a first deployment makes the roles, and what they start only once there is code to run
    `glue:${region}:${account}:crawler/${prefix}-*`,
    `lambda:${region}:${account}:function:${prefix}-*`,
    `states:${region}:${account}:stateMachine:${prefix}-*`,
    `states:${region}:${account}:execution:${prefix}-*`,
    `ec2:${region}:${account}:subnet/${toSubnet(parameters.EmrSubnetId)}`,
    ...buckets.flatMap(name => [`s3:::${name}`, `s3:::${name}/*`]),
  ];
  return {
    ...rules,
    reach: joinReach(rules.reach, {
      allowedResources: arns.map(arn => `arn:${toPartition(region)}:${arn}`),
      allowedEndpoints: [parameters.AlertEmail].filter(isLiteral),
      ownTags: [tagKeys.project, tagKeys.environment],
      ...reservedReach,
    }),
  };
}

/** Without a subnet the template names none. */
const toSubnet = (id = '') => (isLiteral(id) ? id : '');

/** Wildcards in a name would let it stand for others; no bucket's name has them. */
const isLiteral = (name: string) => Boolean(name) && !/[*?]/.test(name);
