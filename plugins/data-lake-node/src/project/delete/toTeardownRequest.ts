import { Project } from '@data-lake/plugin-data-lake-common';
import { getProjectEnvironment } from '../spec/getProjectEnvironment';
import { listProjectStacks } from '../spec/listProjectStacks';
import { toProjectDeploymentSpec } from '../spec/toProjectDeploymentSpec';
import { TeardownRequest } from './TeardownRequest';

/**
 * Converts an environment of `project.yaml` to a request to delete it; optional, default the first one.
 *
 * @throws InputError if the project has no such environment
 * @public
 */
export function toTeardownRequest(
  project: Project,
  environmentName?: string,
): TeardownRequest {
  const { name, account, region, removable } = getProjectEnvironment(
    project,
    environmentName,
  );
  const spec = toProjectDeploymentSpec(project, name);
  const stacks = listProjectStacks(project, name).map(({ stackName }) => ({
    account,
    region,
    name: stackName,
  }));
  return {
    environment: { name, account, region, stacks },
    entityRef: project.entity,
    dags: { bucket: spec.mwaaBucket, prefix: spec.dagPrefix },
    removable,
  };
}
