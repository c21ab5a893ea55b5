import type { Environment, Project } from './project.ts';

/**
 * Checks the two confirmations that deleting an environment's data requires: `removable: true` in project.yaml,
 * which passed a review, and the environment's full name, typed by the caller.
 */
export function mayRemoveData(project: Project, environment: Environment, typed: string): true {
  const name = `${project.name}-${environment.name}`;
  if (!environment.removable)
    throw new Error(
      `The data of ${name} is kept: project.yaml does not set removable: true for ${environment.name}. Set it first, in a reviewed change.`,
    );
  if (typed !== name)
    throw new Error(`The data of ${name} is kept: type its name, ${name}, not ${JSON.stringify(typed)}`);
  return true;
}
