import { InputError } from '@backstage/errors';
import {
  environmentAnnotationPrefix,
  Project,
  ProjectEnvironment,
} from '@data-lake/plugin-data-lake-common';
import { toPartition } from '@data-lake/aws';
import { parseAllDocuments } from 'yaml';
import { listProjectStacks } from '../spec/listProjectStacks';
import { writeYaml } from './writeYaml';

/**
 * Adds to the component in a `catalog-info.yaml` the annotation that names an environment's stacks.
 *
 * @throws InputError if the file has no such component
 * @public
 */
export function annotateEnvironment(
  text: string,
  project: Project,
  environment: ProjectEnvironment,
): string {
  const parsed = parseAllDocuments(text, { uniqueKeys: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const name = toEntityName(project.entity);
  const component = documents.find(
    document =>
      document.get('kind') === 'Component' &&
      document.getIn(['metadata', 'name']) === name,
  );
  if (!component) {
    throw new InputError(`catalog-info.yaml has no Component ${name}`);
  }
  const key = `${environmentAnnotationPrefix}${environment.name}`;
  const path = ['metadata', 'annotations', key];
  const arns = toStackArns(project, environment);
  if (component.getIn(path) === arns) return text;
  component.setIn(path, component.createNode(arns));
  return writeYaml(documents);
}

/** `component:default/movielens` → `movielens` */
const toEntityName = (entityRef: string) => entityRef.replace(/^.*[:/]/, '');

/** Converts to the value of the annotation: ARNs separated by commas. */
function toStackArns(
  project: Project,
  environment: ProjectEnvironment,
): string {
  const { name, region, account } = environment;
  const environments = [...project.environments, environment];
  const prefix = `arn:${toPartition(
    region,
  )}:cloudformation:${region}:${account}:stack`;
  return listProjectStacks({ ...project, environments }, name)
    .map(({ stackName }) => `${prefix}/${stackName}`)
    .join(',');
}
