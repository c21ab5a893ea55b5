import { toPrefix } from '@data-lake/plugin-data-lake-common';
import { toMadeBucketName } from './toMadeBucketName';
import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';

/**
 * Converts an environment to the name of its code bucket: the one that project.yaml names, else the one that
 * the foundations stack makes. What a stack's outputs say does not count.
 */
export function toCodeBucket(
  deployment: Pick<
    ProjectDeploymentSpec,
    'project' | 'environment' | 'account' | 'region' | 'codeBucket'
  >,
): string {
  const { project, environment, codeBucket } = deployment;
  return (
    codeBucket ||
    toMadeBucketName(toPrefix(project, environment), 'code', deployment)
  );
}
