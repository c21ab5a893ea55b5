import { readFileSync } from 'node:fs';
import { parseProject } from './parse-project.ts';
import type { StackName } from './stack-names.ts';

export interface Environment {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly mwaa: {
    readonly environment: string;
    readonly bucket: string;
    readonly dagPath: string;
    readonly executionRole: string;
    readonly airflowVersion: string;
    /** For the mwaa stack; optional, default: a new VPC. */
    readonly network?: { readonly securityGroup: string; readonly subnets: readonly string[] };
  };
  readonly dataBucket: string;
  readonly codeBucket: string;
  readonly alertEmail: string;
  /** The cluster of a run; the DAG reads the rest of it. */
  readonly emr?: { readonly subnetId?: string };
  /** First of the two confirmations that delete its data, see removal.ts; optional, default false. */
  readonly removable?: boolean;
  /** For the observability stack: hours without a successful run before an alarm fires; optional, default never. */
  readonly freshnessHours?: number;
}

export interface Project {
  readonly name: string;
  readonly owner: string;
  readonly entity: string;
  readonly compute: 'emr' | 'emr-serverless';
  readonly lakeFormation: boolean;
  readonly tableFormat: 'parquet' | 'iceberg';
  readonly environments: readonly Environment[];
  readonly stacks: readonly ListedStack[];
  readonly release: { readonly files: readonly string[]; readonly archives: readonly string[] };
}

export interface ListedStack {
  readonly name: string;
  /** Path below the project's root. */
  readonly template: string;
  /** Names of the environments that have it; optional, default all. */
  readonly environments?: readonly string[];
}

/** Reads the repository's project.yaml. */
export const readProject = (): Project =>
  parseProject(readFileSync(new URL('../../project.yaml', import.meta.url), 'utf8'));

export const stackName = (project: Project, environment: Environment, stack: StackName) =>
  `${project.name}-${environment.name}-${stack}`;

/** Lists the stacks of an environment in the order of project.yaml, which is the deployment order. */
export const listStacks = (project: Project, { name }: Environment) =>
  project.stacks
    .filter(({ environments }) => environments?.includes(name) ?? true)
    .map((stack) => findStack(stack.name));

export function findStack(name: string): StackName {
  if (name in stackParameters) return name as StackName;
  const known = Object.keys(stackParameters).join(', ');
  throw new Error(`There is no stack ${JSON.stringify(name)}; there are: ${known}`);
}

export function findEnvironment(project: Project, name: string): Environment {
  const environment = project.environments.find((candidate) => candidate.name === name);
  if (environment) return environment;
  const known = project.environments.map((candidate) => candidate.name).join(', ');
  throw new Error(`project.yaml has no environment ${JSON.stringify(name)}; it has: ${known}`);
}

type Values = Record<string, string>;

/**
 * Values of each template's parameters, except of parameters with a default and of ReleasePrefix, which depends on
 * the release.
 */
export const stackParameters: Record<StackName, (project: Project, environment: Environment) => Values> = {
  foundations: (project, environment) => ({
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
  }),
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
    NetworkIds: mwaa.network ? [mwaa.network.securityGroup, ...mwaa.network.subnets].join(',') : '',
  }),
  observability: (project, environment) => ({
    Project: project.name,
    Environment: environment.name,
    FreshnessHours: String(environment.freshnessHours ?? 0),
  }),
};

/** Tags of the stack, which CloudFormation adds to all its resources. */
export const stackTags = (project: Project, environment: Environment): Values => ({
  'data-lake:project': project.name,
  'data-lake:environment': environment.name,
  'data-lake:owner': project.owner,
  'data-lake:entity': project.entity,
});
