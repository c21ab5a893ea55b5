import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { toTemplateRules } from '@data-lake/cloudformation';
import {
  authorizeEnvironment,
  chooseRollback,
  rollbackProject,
  toProjectDeploymentSpec,
} from '@data-lake/plugin-data-lake-node';
import {
  allowanceInput,
  auditStep,
  taskReports,
  toIdentity,
  Z,
} from '@data-lake/plugin-scaffolder-backend-module-aws';
import { assertNotCancelled } from './assertNotCancelled';
import { DataLakeServices } from './dataLakeServices';
import { getProjectOwner } from './getProjectOwner';
import { projectInput } from './inputs';
import { readWorkspaceProject, WorkspaceProject } from './readWorkspaceProject';
import { examples } from './rollback.examples';
import { StepContext } from './stepContext';

/** Creates `data-lake:release:rollback`, which switches an environment to a release that it ran before. */
export function createRollbackAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:release:rollback',
    description:
      'Switches an environment back to a release of its scripts that it ran before. The stack keeps its template and other parameters, and the DAGs do not change.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { path } = ctx.input;
      const { project } = await readWorkspaceProject(ctx.workspacePath, path);
      const result = ctx.isDryRun
        ? describe(ctx, project)
        : await rollback(services, ctx, project);
      ctx.output('release', result.release);
      ctx.output('former', result.former);
      ctx.output('status', result.status);
      ctx.output('consoleUrl', result.consoleUrl);
    },
  });
}

const input = {
  ...projectInput,
  release: (z: Z) =>
    z
      .string()
      .optional()
      .describe('releases/<digest>/; default the release before the current'),
  allowBroaderPermissions: allowanceInput.allowBroaderPermissions,
};

const output = {
  release: (z: Z) => z.string().describe('Release that runs now'),
  former: (z: Z) =>
    z.string().describe('Release that ran before; empty in a dry run'),
  status: (z: Z) =>
    z.string().describe('Status of the stack, such as UPDATE_COMPLETE'),
  consoleUrl: (z: Z) => z.string().describe('The stack in the AWS console'),
};

interface RollbackInput {
  environment?: string;
  release?: string;
  allowBroaderPermissions?: boolean;
}

type Project = WorkspaceProject['project'];

async function rollback(
  services: DataLakeServices,
  ctx: StepContext<RollbackInput>,
  project: Project,
) {
  const { environment, release, allowBroaderPermissions } = ctx.input;
  const { access, auditor, aws, settings } = services;
  const { account, region, stackName } = toProjectDeploymentSpec(
    project,
    environment,
  );
  const target = { account, region, stackName };
  const meta = { ...target, release: release ?? '' };
  const event = { auditor, ctx, eventId: 'stack-rollback', meta };
  return auditStep(event, async note => {
    const clients = aws.forTarget({ account, region });
    const authority = await authorizeEnvironment(access, {
      credentials: await ctx.getInitiatorCredentials(),
      clients,
      owner: await getProjectOwner(services, ctx, project, 'deploy'),
      stackNames: [stackName],
      signal: ctx.signal,
    });
    const request = { clients, project, environment, release };
    await assertNotCancelled(services, ctx);
    return rollbackProject({
      ...request,
      chosen: await choose(ctx, target, { ...request, signal: ctx.signal }),
      identity: toIdentity(ctx),
      roleArn: access.findServiceRole(account),
      templateBucket: access.findTemplateBucket(account),
      rules: toTemplateRules(settings, account),
      reports: taskReports(ctx),
      onChangeSet: changeSet => note({ changeSet }),
      allow: { allowBroaderPermissions },
      log: line => ctx.logger.info(line),
      signal: ctx.signal,
      ...authority,
    });
  });
}

/** A retry means the same switch, not the one before what runs by then. */
function choose(
  ctx: Pick<StepContext<unknown>, 'checkpoint'>,
  target: { account: string; region: string; stackName: string },
  request: Parameters<typeof chooseRollback>[0],
) {
  const { account, region, stackName } = target;
  return ctx.checkpoint({
    key: `data-lake.rollback.${account}.${region}.${stackName}`,
    fn: async () => ({ ...(await chooseRollback(request)) }),
  });
}

/** Describes a dry run, which does not call AWS and does not know what ran before. */
function describe(
  { input: { environment, release }, logger }: StepContext<RollbackInput>,
  project: Project,
) {
  const { stackName } = toProjectDeploymentSpec(project, environment);
  const to = release ?? 'the release before the current';
  logger.info(`Would switch ${stackName} to ${to}`);
  return {
    release: release ?? 'releases/dry-run/',
    former: '',
    status: 'DRY_RUN',
    consoleUrl: '',
  };
}
