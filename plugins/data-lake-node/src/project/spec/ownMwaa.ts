import { InputError } from '@backstage/errors';
import { toMadeBucketName } from './toMadeBucketName';
import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';
import { ProjectStackName } from './stackOrder';

/** Whether a project makes its MWAA environment itself. */
export const makesMwaa = (stacks: readonly { name: string }[]): boolean =>
  stacks.some(({ name }) => name === ('mwaa' satisfies ProjectStackName));

/** Returns the name of the execution role that the MWAA stack of a project makes. */
export const toOwnMwaaRole = ({
  dagId,
}: Pick<ProjectDeploymentSpec, 'dagId'>): string => `${dagId}-mwaa-execution`;

/**
 * Refuses a project that makes its MWAA environment and names another one, or another bucket, DAG folder or role
 * than its stack makes: the DAGs would go into a bucket of others, as the stack's policies to a role of others.
 *
 * @throws InputError that names each key, and the value it must have
 */
export function assertOwnMwaa(
  deployment: ProjectDeploymentSpec,
  stacks: readonly { name: string }[],
): void {
  if (!makesMwaa(stacks)) return;
  const { dagId } = deployment;
  const names: Record<string, [named: string, own: string]> = {
    environment: [deployment.mwaaEnvironment, dagId],
    bucket: [
      deployment.mwaaBucket,
      toMadeBucketName(dagId, 'mwaa', deployment),
    ],
    dagPath: [toDagPath(deployment), 'dags'],
    executionRole: [
      deployment.parameters.MwaaExecutionRoleName,
      toOwnMwaaRole(deployment),
    ],
  };
  const wrong = Object.entries(names)
    .filter(([, [named, own]]) => named !== own)
    .map(([key, [named, own]]) => `${key} is ${named}, not ${own}`);
  if (wrong.length === 0) return;
  throw new InputError(
    `project.yaml does not name what stack mwaa of the project makes: ${wrong.join(
      '; ',
    )}. Correct mwaa of the environment`,
  );
}

/** Returns the folder of all DAGs of an MWAA environment. */
export const toDagPath = ({
  dagPrefix,
  dagId,
}: Pick<ProjectDeploymentSpec, 'dagPrefix' | 'dagId'>): string =>
  dagPrefix.slice(0, -`/${dagId}/`.length);
