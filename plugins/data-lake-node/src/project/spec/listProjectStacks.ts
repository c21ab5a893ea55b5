import { InputError } from '@backstage/errors';
import {
  listStacks,
  Project,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import { getProjectEnvironment } from './getProjectEnvironment';
import { isProjectStackName, sortByStackOrder, stackOrder } from './stackOrder';
import { stackParameters, ToParameters, toTags } from './stackParameters';

/** One stack of an environment. @public */
export interface ProjectStack {
  /** Name in `project.yaml`, such as `foundations`. */
  name: string;
  /** Name in CloudFormation, such as `movielens-demo-foundations`. */
  stackName: string;
  /** Path below the project's root. */
  templatePath: string;
  /** Parameters; those of foundations without `ReleasePrefix`, which the uploaded release decides. */
  parameters: Record<string, string>;
  tags: Record<string, string>;
}

/**
 * Lists the stacks of an environment in the order of their deployment.
 *
 * @throws InputError if the project has no such environment, or a stack whose parameters are unknown
 * @public
 */
export function listProjectStacks(
  project: Project,
  environmentName?: string,
): ProjectStack[] {
  const environment = getProjectEnvironment(project, environmentName);
  const stacks = listStacks(project, environment.name);
  return sortByStackOrder(stacks, ({ name }) => name).map(
    ({ name, template }) => ({
      name,
      stackName: toStackName(project.name, environment.name, name),
      templatePath: template,
      parameters: getToParameters(name)(project, environment),
      tags: toTags(project, environment),
    }),
  );
}

function getToParameters(name: string): ToParameters {
  if (isProjectStackName(name)) return stackParameters[name];
  throw new InputError(
    `project.yaml lists a stack ${name}, whose parameters are unknown. The stacks are: ${stackOrder.join(
      ', ',
    )}`,
  );
}
