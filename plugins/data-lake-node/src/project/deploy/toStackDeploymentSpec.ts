import { tokenPrefix, toOwnership } from '@data-lake/plugin-data-lake-common';
import { DeploymentSpec } from '@data-lake/cloudformation';
import { ProjectFiles } from '../spec/readProjectFiles';
import { foundations } from '../spec/stackOrder';

/**
 * Converts a project's stack to what CloudFormation is asked for, the same in a preview and a deployment.
 *
 * @param release - release that the foundations stack runs; absent on its first create, which makes the
 * code bucket and nothing that needs uploaded code
 */
export function toStackDeploymentSpec(
  options: Pick<DeploymentSpec, 'identity' | 'roleArn' | 'templateBucket'> & {
    files: ProjectFiles;
  },
  stack: ProjectFiles['stacks'][number],
  release?: string,
): DeploymentSpec {
  const { files, identity, roleArn, templateBucket } = options;
  const { name, stackName, template, parameters, tags } = stack;
  return {
    stackName,
    template,
    parameters:
      name === foundations && release !== undefined
        ? { ...parameters, ReleasePrefix: release }
        : parameters,
    tags,
    ownership: toOwnership(files.deployment.entity),
    identity,
    tokenPrefix,
    roleArn,
    templateBucket,
  };
}
