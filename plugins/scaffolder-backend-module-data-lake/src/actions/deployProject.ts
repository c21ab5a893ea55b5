import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { toNoteChangeSet } from '@data-lake/aws';
import { toTemplateRules } from '@data-lake/cloudformation';
import {
  authorizeProject,
  deployProject,
  ProjectFiles,
  readProjectFiles,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import {
  auditStep,
  taskReports,
  toIdentity,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import fs from 'fs-extra';
import { assertNotCancelled } from './assertNotCancelled';
import { DataLakeServices } from './dataLakeServices';
import { describeDeployment } from './describeDeployment';
import { examples } from './deployProject.examples';
import {
  DeployProjectInput,
  input,
  output,
  ProjectDeploymentOutput,
} from './deployProjectSchema';
import { fetchEntityProject } from './fetchEntityProject';
import { assertNoCollision } from './findCollision';
import { getProjectOwner } from './getProjectOwner';
import { readEntityProject } from './readEntityProject';
import { StepContext } from './stepContext';

/** Creates `data-lake:project:deploy`, which deploys a whole environment. */
export function createDeployProjectAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:project:deploy',
    description:
      'Deploys an environment of the project in the workspace: its stacks in order, its scripts and its DAGs. An upload of DAGs that is refused is refused before a stack changes. Run again, it continues what it started.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const deployment = ctx.isDryRun
        ? await describeDeployment(services, ctx)
        : await deploy(services, ctx);
      ctx.output('stacks', deployment.stacks);
      ctx.output('outputs', deployment.outputs);
      ctx.output('consoleUrl', deployment.consoleUrl);
      ctx.output('release', deployment.release);
      ctx.output('uploaded', deployment.uploaded);
      ctx.output('deleted', deployment.deleted);
    },
  });
}

async function deploy(
  services: DataLakeServices,
  ctx: StepContext<DeployProjectInput>,
): Promise<ProjectDeploymentOutput> {
  const { entityRef, environment, previewDigests } = ctx.input;
  const { allowReplacement, allowBroaderPermissions } = ctx.input;
  const { access, auditor, aws } = services;
  const meta = {
    entityRef,
    environment,
    previewDigests: previewDigests ?? {},
    allowReplacement: allowReplacement ?? false,
    allowBroaderPermissions: allowBroaderPermissions ?? false,
  };
  const event = { auditor, ctx, eventId: 'project-deploy', meta };
  return auditStep(event, async note => {
    const { owner, files } = await read(services, ctx);
    const { account, region } = files.deployment;
    const stackNames = files.stacks.map(({ stackName }) => stackName);
    note({ account, region, stacks: stackNames });
    const clients = aws.forTarget({ account, region });
    const authority = await authorizeProject(access, {
      credentials: await ctx.getInitiatorCredentials(),
      clients,
      owner,
      files,
      signal: ctx.signal,
    });
    await assertNoCollision(services, {
      clients,
      deployment: files.deployment,
      signal: ctx.signal,
    });
    await assertNotCancelled(services, ctx);
    const result = await deployProject({
      clients,
      files,
      ...authority,
      identity: toIdentity(ctx),
      roleArn: access.findServiceRole(account),
      templateBucket: access.findTemplateBucket(account),
      previewDigests,
      allow: { allowReplacement, allowBroaderPermissions },
      onCancel: ctx.input.onCancel,
      continueRollback: ctx.input.continueRollback,
      resourcesToSkip: ctx.input.resourcesToSkip,
      maxDeleted: ctx.input.maxDeleted,
      timeoutMinutes: ctx.input.timeoutMinutes,
      reports: taskReports(ctx),
      onChangeSet: toNoteChangeSet(note),
      log: line => ctx.logger.info(line),
      signal: ctx.signal,
    });
    return toOutput(files, result);
  });
}

/** Reads the project, once it is known that the caller may deploy it. */
async function read(
  services: DataLakeServices,
  ctx: StepContext<DeployProjectInput>,
): Promise<{ owner: string; files: ProjectFiles }> {
  const { entityRef, environment, path = 'project' } = ctx.input;
  await fetchIfLost(services, ctx, path);
  const { project, source } = await readEntityProject(
    ctx.workspacePath,
    path,
    entityRef,
  );
  const owner = await getProjectOwner(services, ctx, project, 'deploy');
  const { account } = toProjectDeploymentSpec(project, environment);
  const rules = toTemplateRules(services.settings, account);
  const files = await readProjectFiles({ project, environment, source, rules });
  return { owner, files };
}

/**
 * Fetches the project again if the workspace lost it: a retry skips the steps that succeeded, such as the one
 * that fetched it, in an empty workspace.
 */
async function fetchIfLost(
  services: DataLakeServices,
  ctx: StepContext<DeployProjectInput>,
  path: string,
): Promise<void> {
  const { entityRef, commit } = ctx.input;
  const folder = resolveSafeChildPath(ctx.workspacePath, path);
  if (await fs.pathExists(folder)) return;
  ctx.logger.info(`The workspace has no ${path}: fetching it again`);
  await fetchEntityProject(services, ctx, {
    entityRef,
    path,
    commit: commit || undefined,
  });
}

function toOutput(
  files: ProjectFiles,
  { stacks, release, dags }: Awaited<ReturnType<typeof deployProject>>,
): ProjectDeploymentOutput {
  return {
    stacks: files.stacks.map(({ name, stackName }) => {
      const { status, consoleUrl } = stacks[name];
      return { stackName, status, consoleUrl };
    }),
    outputs: stacks.foundations.outputs,
    consoleUrl: stacks.foundations.consoleUrl,
    release: release.prefix,
    uploaded: release.uploaded + dags.uploaded,
    deleted: dags.deleted,
  };
}
