import { NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Check, CheckState, worstOf } from '@data-lake/plugin-data-lake-common';
import {
  authorizeEnvironment,
  checksToMarkdown,
  readProjectFiles,
  verifyProject,
} from '@data-lake/plugin-data-lake-node';
import { auditStep, Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { DataLakeServices } from './dataLakeServices';
import { getProjectOwner } from './getProjectOwner';
import { projectInput } from './inputs';
import { toOutput } from './outputs';
import { readWorkspaceProject } from './readWorkspaceProject';
import { StepContext } from './stepContext';
import { examples } from './verify.examples';

/** Creates `data-lake:verify`, which checks that a deployed environment matches its repository. */
export function createVerifyAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:verify',
    description:
      'Checks that a deployed environment matches its project: stacks, drift, policies, grants, parameters, scripts, DAG and tables. What cannot be checked, or does not exist yet, is unknown and not passed.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const files = await readFiles(ctx);
      const checks = ctx.isDryRun ? [] : await verify(services, ctx, files);
      const state = worstOf(checks);
      ctx.output('state', state);
      ctx.output('checks', checks);
      ctx.output('report', checksToMarkdown(checks));
      if (ctx.input.required) assertNotFailed(checks);
    },
  });
}

const input = {
  ...projectInput,
  required: (z: Z) =>
    z
      .boolean()
      .optional()
      .describe('true: a failed check fails the step; an unknown one does not'),
};

const output = {
  state: (z: Z) =>
    toOutput(z, CheckState).describe(
      'The worst state of all checks: passed only if all passed',
    ),
  checks: (z: Z) =>
    toOutput(z, Check.array()).describe(
      'Each check, with what was found and what to do',
    ),
  report: (z: Z) => z.string().describe('The checks as a list in Markdown'),
};

interface VerifyInput {
  path?: string;
  environment?: string;
}

async function readFiles({
  input: { path, environment },
  workspacePath,
}: Pick<StepContext<VerifyInput>, 'input' | 'workspacePath'>) {
  const { project, source } = await readWorkspaceProject(workspacePath, path);
  return {
    project,
    files: await readProjectFiles({ project, environment, source }),
  };
}

async function verify(
  services: DataLakeServices,
  ctx: StepContext<VerifyInput>,
  { project, files }: Awaited<ReturnType<typeof readFiles>>,
): Promise<Check[]> {
  const { access, auditor, aws } = services;
  const { account, region } = files.deployment;
  const stackNames = files.stacks.map(({ stackName }) => stackName);
  const meta = { account, region, stacks: stackNames };
  const event = { auditor, ctx, eventId: 'project-verify', meta };
  return auditStep(event, async () => {
    const clients = aws.forTarget({ account, region });
    const { signal } = ctx;
    await authorizeEnvironment(access, {
      credentials: await ctx.getInitiatorCredentials(),
      clients,
      owner: await getProjectOwner(services, ctx, project, 'read'),
      stackNames,
      signal,
    });
    return verifyProject({
      clients,
      project,
      files,
      log: line => ctx.logger.info(line),
      signal,
    });
  });
}

function assertNotFailed(checks: readonly Check[]): void {
  const failed = checks.filter(({ state }) => state === 'failed');
  if (failed.length === 0) return;
  const reasons = failed.map(({ title, reason }) => `${title}: ${reason}`);
  throw new NotFoundError(`Checks failed: ${reasons.join('; ')}`);
}
