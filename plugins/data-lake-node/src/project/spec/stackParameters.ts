import {
  Project,
  ProjectEnvironment,
  tagKeys,
} from '@data-lake/plugin-data-lake-common';
import { ProjectStackName } from './stackOrder';

/** Converts an environment to the parameters of one of its stacks. */
export type ToParameters = (
  project: Project,
  environment: ProjectEnvironment,
) => Record<string, string>;

/**
 * Converts to the parameters of the foundations template, as ARCHITECTURE.md lists them, without
 * `ReleasePrefix`: on an update the stack keeps its own until a new release is uploaded.
 *
 * @public
 */
export function toFoundationsParameters(
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
    EmrSubnetId: environment.emr?.subnetId ?? '',
    AlertEmail: environment.alertEmail,
  };
}

/** Parameters of each stack, the same as in `skeleton/infra/lib/project.ts`, where the CDK app has them. */
export const stackParameters = {
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
  foundations: toFoundationsParameters,
  observability: (project, { name, freshnessHours }) => ({
    Project: project.name,
    Environment: name,
    FreshnessHours: String(freshnessHours ?? 0),
  }),
} satisfies Record<ProjectStackName, ToParameters>;

/** Converts to the tags of an environment's stacks, which CloudFormation puts on everything in them. */
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
