import { InputError } from '@backstage/errors';
import {
  Project,
  ProjectEnvironment,
} from '@data-lake/plugin-data-lake-common';

/**
 * Gets the environment of this name; optional, default the project's first one.
 *
 * @throws InputError if the project has no such environment
 */
export function getProjectEnvironment(
  { environments }: Project,
  name?: string,
): ProjectEnvironment {
  if (!name) return environments[0];
  const found = environments.find(environment => environment.name === name);
  if (found) return found;
  const names = environments.map(environment => environment.name).join(', ');
  throw new InputError(
    `project.yaml has no environment '${name}'. It has: ${names}`,
  );
}
