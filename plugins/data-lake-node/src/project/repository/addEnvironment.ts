import { InputError } from '@backstage/errors';
import {
  environmentAnnotationPrefix,
  Project,
  ProjectEnvironment,
} from '@data-lake/plugin-data-lake-common';
import { Document, isSeq, parseAllDocuments } from 'yaml';
import { toPartition, parseYamlDocument } from '@data-lake/aws';
import { listProjectStacks } from '../spec/listProjectStacks';
import { parseProject } from '../spec/parseProject';

/**
 * The text of a `project.yaml` with one more environment; comments and order stay. One that is there
 * already, with the same values, is no change.
 *
 * @throws InputError where the name is taken, or the result would not be a project
 * @public
 */
export function addEnvironment(
  text: string,
  environment: ProjectEnvironment,
): string {
  const project = parseProject(text);
  const same = project.environments.find(
    ({ name }) => name === environment.name,
  );
  if (same) {
    if (JSON.stringify(same) === JSON.stringify(sorted(same, environment))) {
      return text;
    }
    throw new InputError(
      `${project.name} has an environment ${environment.name} already, in account ${same.account}, region ${same.region}. Choose another name`,
    );
  }
  const document = parseYamlDocument(text);
  const environments = document.get('environments');
  if (!isSeq(environments)) {
    throw new InputError('project.yaml: environments is not a list');
  }
  environments.add(document.createNode(environment));
  const changed = toText([document]);
  parseProject(changed);
  return changed;
}

/** The second's values in the first's order of keys. */
function sorted(like: object, values: object): object {
  return Object.fromEntries(
    Object.keys(like).map(key => {
      const value = (values as Record<string, unknown>)[key];
      const other = (like as Record<string, unknown>)[key];
      return [
        key,
        value && typeof value === 'object' && other
          ? sorted(other as object, value)
          : value,
      ];
    }),
  );
}

/**
 * The text of a `catalog-info.yaml` whose component also names the stacks of an environment.
 *
 * @throws InputError where it has no such component
 * @public
 */
export function annotateEnvironment(
  text: string,
  project: Project,
  environment: ProjectEnvironment,
): string {
  const documents = parseAllDocuments(text, { uniqueKeys: false });
  const documentList = Array.isArray(documents) ? documents : [];
  const component = documentList.find(
    document =>
      document.get('kind') === 'Component' &&
      document.getIn(['metadata', 'name']) === toName(project.entity),
  );
  if (!component) {
    throw new InputError(
      `catalog-info.yaml has no Component ${toName(project.entity)}`,
    );
  }
  const key = `${environmentAnnotationPrefix}${environment.name}`;
  const arns = toStackArns(project, environment);
  if (component.getIn(['metadata', 'annotations', key]) === arns) return text;
  component.setIn(['metadata', 'annotations', key], component.createNode(arns));
  return toText(documentList);
}

/** `component:default/movielens` → `movielens` */
const toName = (entityRef: string) => entityRef.replace(/^.*[:/]/, '');

/** The value of the annotation: ARNs separated by commas. */
function toStackArns(
  project: Project,
  environment: ProjectEnvironment,
): string {
  const { name, region, account } = environment;
  const environments = [...project.environments, environment];
  return listProjectStacks({ ...project, environments }, name)
    .map(
      ({ stackName }) =>
        `arn:${toPartition(
          region,
        )}:cloudformation:${region}:${account}:stack/${stackName}`,
    )
    .join(',');
}

/** As it was written, but for what was changed. */
function toText(documents: readonly Document.Parsed[]): string {
  return documents
    .map(document =>
      document.toString({ lineWidth: 0, flowCollectionPadding: false }),
    )
    .join('');
}
