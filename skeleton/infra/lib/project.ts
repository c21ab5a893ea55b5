import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Environment {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly mwaa: {
    readonly environment: string;
    readonly bucket: string;
    readonly dagPath: string;
    readonly executionRole: string;
  };
  readonly dataBucket: string;
  readonly codeBucket: string;
  readonly alertEmail: string;
}

export interface Project {
  readonly name: string;
  readonly owner: string;
  readonly entity: string;
  readonly compute: 'emr' | 'emr-serverless';
  readonly lakeFormation: boolean;
  readonly environments: readonly Environment[];
  readonly release: { readonly files: readonly string[]; readonly archives: readonly string[] };
}

/** The repository's project.yaml. Its values are checked by the template's parameter patterns. */
export const readProject = (): Project =>
  parse(readFileSync(new URL('../../project.yaml', import.meta.url), 'utf8')) as Project;

export const foundationsName = (project: Project, environment: Environment) =>
  `${project.name}-${environment.name}-foundations`;

export function findEnvironment(project: Project, name: string): Environment {
  const environment = project.environments.find((candidate) => candidate.name === name);
  if (environment) return environment;
  const known = project.environments.map((candidate) => candidate.name).join(', ');
  throw new Error(`project.yaml has no environment ${JSON.stringify(name)}; it has: ${known}`);
}

/** Values of the foundations template's parameters; all but ReleasePrefix, which a release decides. */
export const foundationsParameters = (
  project: Project,
  environment: Environment,
): Record<string, string> => ({
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
  LakeFormation: project.lakeFormation ? 'yes' : 'no',
  AlertEmail: environment.alertEmail,
});

/** Tags of the stack, which CloudFormation puts on everything in it. */
export const stackTags = (project: Project, environment: Environment): Record<string, string> => ({
  'data-lake:project': project.name,
  'data-lake:environment': environment.name,
  'data-lake:owner': project.owner,
  'data-lake:entity': project.entity,
});
