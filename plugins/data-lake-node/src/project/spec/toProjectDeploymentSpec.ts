import { InputError } from '@backstage/errors';
import {
  Project,
  toPrefix,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import { getProjectEnvironment } from './getProjectEnvironment';
import { foundations } from './stackOrder';
import { toFoundationsParameters, toTags } from './stackParameters';

/** Specification of a deployment of one environment: all that `project.yaml` says about it. @public */
export interface ProjectDeploymentSpec {
  project: string;
  environment: string;
  entity: string;
  owner: string;
  account: string;
  region: string;
  /** Name of the foundations stack. */
  stackName: string;
  /** Path of the foundations template, below the project's root. */
  templatePath: string;
  /** Parameters of the foundations stack, without `ReleasePrefix`. */
  parameters: Record<string, string>;
  tags: Record<string, string>;
  /** Glob patterns of a release's files. */
  releaseFiles: string[];
  /** Folders of a release that are uploaded as archives. */
  releaseArchives: string[];
  mwaaEnvironment: string;
  airflowVersion: string;
  mwaaBucket: string;
  /** Glob patterns of the files in the DAG folder. */
  dagFiles: string[];
  dagFolder: string;
  /** Ends in a slash. */
  dagPrefix: string;
  dagId: string;
  /** Empty if the stack makes one. */
  dataBucket: string;
  /** Empty if the stack makes one. */
  codeBucket: string;
}

/**
 * Converts `project.yaml` to the specification of a deployment; optional, default the first environment.
 *
 * @throws InputError if the project has no such environment, or no foundations stack
 * @public
 */
export function toProjectDeploymentSpec(
  project: Project,
  environmentName?: string,
): ProjectDeploymentSpec {
  const environment = getProjectEnvironment(project, environmentName);
  const { name, mwaa } = environment;
  const stack = project.stacks.find(each => each.name === foundations);
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
    parameters: toFoundationsParameters(project, environment),
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
