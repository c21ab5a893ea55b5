import { ProjectDeploymentSpec } from './toProjectDeploymentSpec';
import { ProjectStackName } from './stackOrder';

/** Whether a project makes its MWAA environment itself. */
export const makesMwaa = (stacks: readonly { name: string }[]): boolean =>
  stacks.some(({ name }) => name === ('mwaa' satisfies ProjectStackName));

/** Returns the name of the execution role that the MWAA stack of a project makes. */
export const toOwnMwaaRole = ({
  dagId,
}: Pick<ProjectDeploymentSpec, 'dagId'>): string => `${dagId}-mwaa-execution`;
