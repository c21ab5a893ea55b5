import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { toTemplateRules } from '@data-lake/cloudformation';
import {
  ProjectFiles,
  readProjectFiles,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import fs from 'fs-extra';
import { DataLakeServices } from './dataLakeServices';
import {
  DeployProjectInput,
  ProjectDeploymentOutput,
} from './deployProjectSchema';
import { readEntityProject } from './readEntityProject';
import { StepContext } from './stepContext';

/**
 * Describes a deployment in a dry run: reads and checks the project of the workspace, and does not call
 * AWS. Without a project, which an earlier step of the dry run did not fetch, the stacks are unknown.
 */
export async function describeDeployment(
  { settings }: Pick<DataLakeServices, 'settings'>,
  ctx: Pick<
    StepContext<DeployProjectInput>,
    'input' | 'logger' | 'workspacePath'
  >,
): Promise<ProjectDeploymentOutput> {
  const { entityRef, environment, path = 'project' } = ctx.input;
  ctx.logger.info(`Would deploy ${environment} of ${entityRef}`);
  const folder = resolveSafeChildPath(ctx.workspacePath, path);
  if (!(await fs.pathExists(folder))) return unknown;
  const { project, source } = await readEntityProject(
    ctx.workspacePath,
    path,
    entityRef,
  );
  const { account } = toProjectDeploymentSpec(project, environment);
  const rules = toTemplateRules(settings, account);
  const files = await readProjectFiles({ project, environment, source, rules });
  for (const line of describe(files)) ctx.logger.info(line);
  return toDryOutput(files);
}

const describe = ({ stacks, release, dags, deployment }: ProjectFiles) => [
  ...stacks.map(({ stackName }) => `  stack ${stackName}`),
  `  release ${release.prefix}: ${release.files.length} files`,
  `  DAGs s3://${deployment.mwaaBucket}/${dags.prefix}: ${dags.files.length} files`,
];

function toDryOutput({
  stacks,
  release,
}: ProjectFiles): ProjectDeploymentOutput {
  const main = stacks.find(({ name }) => name === 'foundations')!;
  const outputs = main.template.outputNames.map(name => [
    name,
    `dry-run-${name.toLowerCase()}`,
  ]);
  return {
    ...unknown,
    stacks: stacks.map(({ stackName }) => ({
      stackName,
      status: 'DRY_RUN',
      consoleUrl: '',
    })),
    outputs: Object.fromEntries(outputs),
    release: release.prefix,
  };
}

const unknown: ProjectDeploymentOutput = {
  stacks: [],
  outputs: {},
  consoleUrl: '',
  release: '',
  uploaded: 0,
  deleted: 0,
};
