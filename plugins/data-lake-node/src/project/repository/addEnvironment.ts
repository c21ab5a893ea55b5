import { InputError } from '@backstage/errors';
import {
  Project,
  ProjectEnvironment,
} from '@data-lake/plugin-data-lake-common';
import { isSeq } from 'yaml';
import { parseYamlDocument } from '@data-lake/aws';
import { parseProject } from '../spec/parseProject';
import { writeYaml } from './writeYaml';

/**
 * Adds an environment to the text of a `project.yaml`; comments and order stay. An environment that is
 * already there with the same values changes nothing.
 *
 * @throws InputError if the name is taken, or the result would not be a project
 * @public
 */
export function addEnvironment(
  text: string,
  environment: ProjectEnvironment,
): string {
  const project = parseProject(text);
  if (hasEnvironment(project, environment)) return text;
  const document = parseYamlDocument(text);
  const environments = document.get('environments');
  if (!isSeq(environments)) {
    throw new InputError('project.yaml: environments is not a list');
  }
  environments.add(document.createNode(environment));
  const changed = writeYaml([document]);
  parseProject(changed);
  return changed;
}

/** @throws InputError if the name is another environment's */
function hasEnvironment(
  project: Project,
  environment: ProjectEnvironment,
): boolean {
  const { name } = environment;
  const present = project.environments.find(each => each.name === name);
  if (!present) return false;
  const wanted = sortKeysLike(present, environment);
  if (JSON.stringify(present) === JSON.stringify(wanted)) return true;
  throw new InputError(
    `${project.name} already has an environment ${name}, in account ${present.account}, region ${present.region}. Choose another name`,
  );
}

/** The values of the second object, in the order of the first one's keys. */
function sortKeysLike(like: object, values: object): object {
  return Object.fromEntries(
    Object.keys(like).map(key => {
      const value = (values as Record<string, unknown>)[key];
      const other = (like as Record<string, unknown>)[key];
      return [
        key,
        value && typeof value === 'object' && other
          ? sortKeysLike(other as object, value)
          : value,
      ];
    }),
  );
}
