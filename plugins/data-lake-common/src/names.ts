import { fieldRules } from './fieldRules';

/**
 * The names that the template, the generated project, the actions and the pages share.
 * ARCHITECTURE.md lists them all.
 */

/** Name of a project: 3 to 20 small letters, digits and dashes. @public */
export const projectNamePattern = fieldRules.projectName.pattern;

/** Name of an environment: 2 to 8 small letters and digits. @public */
export const environmentNamePattern = fieldRules.environmentName.pattern;

/** `movielens`, `demo` → `movielens-demo`: DAG id and prefix of every name. @public */
export function toPrefix(project: string, environment: string): string {
  return `${project}-${environment}`;
}

/** `movielens` → `component:default/movielens`: a project has the name of its entity, and the other way round. @public */
export function toEntityRef(project: string): string {
  return `component:default/${project}`;
}

/** `movielens`, `demo`, `foundations` → `movielens-demo-foundations` @public */
export function toStackName(
  project: string,
  environment: string,
  stack: string,
): string {
  return `${toPrefix(project, environment)}-${stack}`;
}

/**
 * Makes a run id: `20261122T124500-7f3a`. It is short, since MWAA's REST path is limited to 64 characters.
 *
 * @public
 */
export function toRunId(now: Date, suffix: string): string {
  const digits = now.toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${digits}-${suffix}`;
}

/** `movielens`, `demo` → `/data-lake/movielens/demo/`: where an environment's parameters are in SSM. @public */
export function toParameterPath(project: string, environment: string): string {
  return `/data-lake/${project}/${environment}/`;
}

/** The parameters below that path: names and ARNs, which are no secrets. @public */
export const parameterNames = [
  'data-bucket',
  'code-bucket',
  'database',
  'release-prefix',
  'state-machine-arn',
  'emr-service-role',
  'emr-instance-profile',
  'emr-serverless-application-id',
  'emr-serverless-job-role-arn',
  'kms-key-arn',
  'alert-topic-arn',
] as const;

/** Tags on everything a project owns. @public */
export const tagKeys = {
  project: 'data-lake:project',
  environment: 'data-lake:environment',
  owner: 'data-lake:owner',
  entity: 'data-lake:entity',
  runId: 'data-lake:run-id',
} as const;

/** Tasks of the DAG that start work in another service; an EMR step has the name of its own task. @public */
export const starterTasks = {
  cluster: 'create_cluster',
  execution: 'start_execution',
} as const;

/**
 * States of the state machine that start work in Glue, by what they start. The names of a project's own
 * states may differ: such a state starts with `start` and contains the word.
 *
 * @public
 */
export const starterStates = {
  'job run': { name: 'StartGlueJob', word: /glue|job/i },
  crawl: { name: 'StartCrawler', word: /crawl/i },
} as const;

/** First part of the names of change sets and client tokens. @public */
export const tokenPrefix = 'backstage';

/** Tag of resources whose data is about to be deleted with their stack. @public */
export const removableTagKey = 'data-lake:removable';
