import { InputError } from '@backstage/errors';
import {
  listStacks,
  Project,
  ProjectEnvironment,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import { pickEnvironment, toStackParameters, toTags } from './toProjectDeploymentSpec';

/** One stack of an environment. @public */
export interface ProjectStack {
  /** Such as `foundations`. */
  name: string;
  /** Such as `movielens-demo-foundations`. */
  stackName: string;
  /** Below the project's root. */
  templatePath: string;
  /** Of foundations without `ReleasePrefix`, which a release decides. */
  parameters: Record<string, string>;
  tags: Record<string, string>;
}

/**
 * The stacks of an environment, in the order in which `project.yaml` lists them: that in which they are
 * deployed.
 *
 * @throws InputError for a stack that has no parameters here
 * @public
 */
export function listProjectStacks(
  project: Project,
  environmentName?: string,
): ProjectStack[] {
  const environment = pickEnvironment(project, environmentName);
  return listStacks(project, environment.name).map(({ name, template }) => ({
    name,
    stackName: toStackName(project.name, environment.name, name),
    templatePath: template,
    parameters: findParameters(name)(project, environment),
    tags: toTags(project, environment),
  }));
}

type ToParameters = (
  project: Project,
  environment: ProjectEnvironment,
) => Record<string, string>;

function findParameters(name: string): ToParameters {
  if (Object.hasOwn(parametersOf, name)) return parametersOf[name];
  const known = Object.keys(parametersOf).join(', ');
  throw new InputError(
    `project.yaml lists a stack ${name}, and what it takes is not known here. There are: ${known}`,
  );
}

/** The same as in `skeleton/infra/lib/project.ts`, where the CDK app has them. */
const parametersOf: Record<string, ToParameters> = {
  foundations: toStackParameters,
  mwaa: (project, { name, mwaa }) => ({
    Project: project.name,
    Environment: name,
    Owner: project.owner,
    Entity: project.entity,
    MwaaEnvironmentName: mwaa.environment,
    MwaaBucketName: mwaa.bucket,
    MwaaExecutionRoleName: mwaa.executionRole,
    AirflowVersion: mwaa.airflowVersion,
    DagPath: mwaa.dagPath,
    NetworkIds: mwaa.network
      ? [mwaa.network.securityGroup, ...mwaa.network.subnets].join(',')
      : '',
  }),
  observability: (project, { name, freshnessHours }) => ({
    Project: project.name,
    Environment: name,
    FreshnessHours: String(freshnessHours ?? 0),
  }),
};
