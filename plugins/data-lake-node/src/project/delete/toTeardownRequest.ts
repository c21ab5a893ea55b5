import { Project } from '@data-lake/plugin-data-lake-common';
import { DeletionTarget } from './deleteEnvironment';
import { pickEnvironment, toDeployment } from '../spec/toProjectDeploymentSpec';
import { listProjectStacks } from '../spec/listProjectStacks';

/**
 * An environment as `project.yaml` says that it is, to be torn down.
 *
 * @throws InputError where the project has no such environment
 * @public
 */
export function toDeletionTarget(
  project: Project,
  environmentName?: string,
): DeletionTarget {
  const { mwaaBucket, dagPrefix } = toDeployment(project, environmentName);
  const { name, account, region, removable } = pickEnvironment(
    project,
    environmentName,
  );
  return {
    environment: {
      name,
      account,
      region,
      stacks: listProjectStacks(project, name).map(({ stackName }) => ({
        account,
        region,
        name: stackName,
      })),
    },
    entityRef: project.entity,
    dags: { bucket: mwaaBucket, prefix: dagPrefix },
    removable,
  };
}
