import { InputError } from '@backstage/errors';
import {
  Project,
  ProjectEnvironment,
  tagKeys,
  toPrefix,
  toStackName,
} from '@data-lake/plugin-data-lake-common';

/**
 * What deploys one environment of a project: all that the steps after reading `project.yaml` need.
 *
 * @public
 */
export interface ProjectDeployment {
  project: string;
  environment: string;
  entity: string;
  owner: string;
  account: string;
  region: string;
  stackName: string;
  /** Below the project's root. */
  templatePath: string;
  /** Without `ReleasePrefix`: on an update the stack keeps its own until a new release is uploaded. */
  parameters: Record<string, string>;
  tags: Record<string, string>;
  releaseFiles: string[];
  releaseArchives: string[];
  mwaaEnvironment: string;
  airflowVersion: string;
  mwaaBucket: string;
  /** Glob patterns of what goes into the DAG folder. */
  dagFiles: string[];
  dagFolder: string;
  /** Ends in a slash. */
  dagPrefix: string;
  dagId: string;
  /** Named by the project, empty where the stack makes them. */
  dataBucket: string;
  codeBucket: string;
}

/** The main stack, whose name other parts know. */
export const foundations = 'foundations';

/**
 * How to deploy an environment of a project; its first one where none is named.
 *
 * @throws InputError where the project has no such environment or no foundations stack
 * @public
 */
export function toDeployment(
  project: Project,
  environmentName?: string,
): ProjectDeployment {
  const environment = pickEnvironment(project, environmentName);
  const { name, mwaa } = environment;
  const stack = project.stacks.find(({ name: s }) => s === foundations);
  if (!stack) throw new InputError(`project.yaml has no stack ${foundations}`);
  const prefix = toPrefix(project.name, name);
  return {
    project: project.name,
    environment: name,
    entity: project.entity,
    owner: project.owner,
    account: environment.account,
    region: environment.region,
    stackName: toStackName(project.name, name, stack.name),
    templatePath: stack.template,
    parameters: toStackParameters(project, environment),
    tags: toTags(project, environment),
    releaseFiles: project.release.files,
    releaseArchives: project.release.archives,
    mwaaEnvironment: mwaa.environment,
    airflowVersion: mwaa.airflowVersion,
    mwaaBucket: mwaa.bucket,
    dagFiles: [`${project.dags}/**`, 'project.yaml'],
    dagFolder: project.dags,
    dagPrefix: `${mwaa.dagPath.replace(/\/+$/, '')}/${prefix}/`,
    dagId: prefix,
    dataBucket: environment.dataBucket,
    codeBucket: environment.codeBucket,
  };
}

/** The environment of this name; the first one where none is named. */
export function pickEnvironment(
  { environments }: Project,
  name: string | undefined,
): ProjectEnvironment {
  if (!name) return environments[0];
  const found = environments.find(environment => environment.name === name);
  if (!found) {
    const names = environments.map(environment => environment.name).join(', ');
    throw new InputError(
      `project.yaml has no environment '${name}'. It has: ${names}`,
    );
  }
  return found;
}

/**
 * The parameters of the foundations template, as ARCHITECTURE.md lists them.
 *
 * @public
 */
export function toStackParameters(
  project: Project,
  environment: ProjectEnvironment,
): Record<string, string> {
  return {
    Project: project.name,
    Environment: environment.name,
    Owner: project.owner,
    Entity: project.entity,
    MwaaEnvironmentName: environment.mwaa.environment,
    MwaaBucketName: environment.mwaa.bucket,
    MwaaExecutionRoleName: environment.mwaa.executionRole,
    DataBucketName: environment.dataBucket,
    CodeBucketName: environment.codeBucket,
    Compute: project.compute,
    TableFormat: project.tableFormat,
    LakeFormation: project.lakeFormation ? 'yes' : 'no',
    AlertEmail: environment.alertEmail,
  };
}

/** The tags of an environment's stacks, which CloudFormation puts on everything in them. */
export function toTags(
  project: Project,
  environment: ProjectEnvironment,
): Record<string, string> {
  return {
    [tagKeys.project]: project.name,
    [tagKeys.environment]: environment.name,
    [tagKeys.owner]: project.owner,
    [tagKeys.entity]: project.entity,
  };
}
