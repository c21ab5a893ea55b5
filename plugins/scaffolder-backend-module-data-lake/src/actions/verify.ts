import { AuditorService } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Check, CheckState, worstOf } from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory } from '@data-lake/aws';
import {
  checksToMarkdown,
  readProjectFiles,
  verifyProject,
} from '@data-lake/plugin-data-lake-node';
import { findStack } from '@data-lake/cloudformation';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { toOutput } from './outputs';
import { projectInput, readWorkspaceProject } from './workspaceProject';
import { examples } from './verify.examples';

/** `data-lake:verify`: looks whether a deployed environment is what its repository says. */
export function createVerifyAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
}) {
  const { access, auditor, aws } = options;
  return createTemplateAction({
    id: 'data-lake:verify',
    description:
      'Looks whether a deployed environment is what its project says: stacks, drift, policies, grants, parameters, scripts, DAG and tables. What cannot be looked at, or is yet to come, is unknown and not passed.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...projectInput,
        required: z =>
          z
            .boolean()
            .optional()
            .describe(
              'true: a failed check fails the step; an unknown one not',
            ),
      },
      output: {
        state: z =>
          toOutput(z, CheckState).describe(
            'The worst of all: passed only where all are',
          ),
        checks: z =>
          toOutput(z, Check.array()).describe(
            'Each check, what was seen and what to do',
          ),
        report: z => z.string().describe('The checks as a table in Markdown'),
      },
    },
    async handler(ctx) {
      const { path, environment, required } = ctx.input;
      const read = await readWorkspaceProject(ctx.workspacePath, path);
      const { project, source } = read;
      const files = await readProjectFiles({ project, environment, source });
      const { account, region, owner } = files.deployment;
      const checks = ctx.isDryRun ? [] : await verify();
      const state = worstOf(checks);
      ctx.output('state', state);
      ctx.output('checks', checks);
      ctx.output('report', checksToMarkdown(checks));
      if (required && state === 'failed') {
        throw new NotFoundError(
          `Not as it should be: ${checks
            .filter(check => check.state === 'failed')
            .map(({ title, reason }) => `${title}: ${reason}`)
            .join('; ')}`,
        );
      }

      async function verify(): Promise<Check[]> {
        const stacks = files.stacks.map(({ stackName }) => stackName);
        const meta = { account, region, stacks };
        const event = { auditor, ctx, eventId: 'project-verify', meta };
        return audited(event, async () => {
          const clients = aws.forTarget({ account, region });
          for (const stackName of stacks) {
            const place = { account, region, stackName };
            await access.assertMayUse(ctx, { ...place, owner });
            const stack = await findStack(clients, stackName, ctx.signal);
            if (stack) await access.toMayTouch(ctx, place)(stack.tags);
          }
          return verifyProject({
            clients,
            project,
            files,
            log: line => ctx.logger.info(line),
            signal: ctx.signal,
          });
        });
      }
    },
  });
}
