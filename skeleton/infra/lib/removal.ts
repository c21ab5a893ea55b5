import type { Environment, Project } from './project.ts';

/**
 * The two keys to an environment's data. One is `removable: true` in project.yaml, which somebody
 * reviewed; the other is the environment's full name, typed by who removes it.
 */
export function mayRemoveData(project: Project, environment: Environment, typed: string): true {
  const name = `${project.name}-${environment.name}`;
  if (!environment.removable)
    throw new Error(
      `The data of ${name} stays: project.yaml does not say removable: true for ${environment.name}. Change that first, by review.`,
    );
  if (typed !== name)
    throw new Error(`The data of ${name} stays: type its name, ${name}, not ${JSON.stringify(typed)}`);
  return true;
}
