import { toPartition } from '@data-lake/aws';
import { joinReach, TemplateRules } from '@data-lake/cloudformation';
import { tagKeys, toParameterPath } from '@data-lake/plugin-data-lake-common';
import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';

/**
 * Lets the roles of a project's stacks act on what belongs to its environment beyond their own stack: on what has
 * its tags, on names that only this environment has, and on the buckets that it is given. That it may use these
 * is checked before a deployment.
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
  >,
): TemplateRules {
  const { account, region, dagId: prefix, dataBucket, codeBucket } = deployment;
  const path = toParameterPath(
    deployment.project,
    deployment.environment,
  ).replace(/\/$/, '');
  const buckets = [dataBucket, codeBucket].filter(isName);
  const arns = [
    `ssm:${region}:${account}:parameter${path}`,
    `ssm:${region}:${account}:parameter${path}/*`,
    // a first deployment makes the roles, and what they start only once there is code to run
    `glue:${region}:${account}:crawler/${prefix}-*`,
    `lambda:${region}:${account}:function:${prefix}-*`,
    `states:${region}:${account}:stateMachine:${prefix}-*`,
    `states:${region}:${account}:execution:${prefix}-*`,
    ...buckets.flatMap(name => [`s3:::${name}`, `s3:::${name}/*`]),
  ];
  return {
    ...rules,
    reach: joinReach(rules.reach, {
      allowedResources: arns.map(arn => `arn:${toPartition(region)}:${arn}`),
      ownTags: [tagKeys.project, tagKeys.environment],
    }),
  };
}

/** Wildcards in a name would let it stand for other buckets; no name has them. */
const isName = (bucket: string) => bucket !== '' && !/[*?]/.test(bucket);
