import { AuditorService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { dataLakeEnvironmentDeployPermission } from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory, DataLakeConfig } from '@data-lake/aws';
import {
  chooseRollback,
  rollbackProject,
  toDeployment,
} from '@data-lake/plugin-data-lake-node';
import { templateRules } from '@data-lake/cloudformation';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { EntityAccess } from '../entityAccess';
import { taskReports } from '../reports';
import { examples } from './rollback.examples';
import { toIdentity } from './stackRequest';
import { projectInput, readWorkspaceProject } from './workspaceProject';
import { allowanceInput } from './inputs';

/** `data-lake:release:rollback`: switches an environment to a release that it ran before. */
export function createRollbackAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  entities: EntityAccess;
  settings: DataLakeConfig;
}) {
  const { access, auditor, aws, entities, settings } = options;
  return createTemplateAction({
    id: 'data-lake:release:rollback',
    description:
      'Switches an environment back to a release of its scripts that it ran before. The stack keeps its template and other parameters, and the DAGs stay as they are.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...projectInput,
        release: z =>
          z
            .string()
            .optional()
            .describe('releases/<digest>/; default the one before the present'),
        allowBroaderPermissions: allowanceInput.allowBroaderPermissions,
      },
      output: {
        release: z => z.string().describe('What runs now'),
        former: z => z.string().describe('What ran before; empty if dry'),
        status: z => z.string().describe('Such as UPDATE_COMPLETE'),
        consoleUrl: z => z.string().describe('The stack in the AWS console'),
      },
    },
    async handler(ctx) {
      const { path, environment, release, allowBroaderPermissions } = ctx.input;
      const { project } = await readWorkspaceProject(ctx.workspacePath, path);
      const { account, region, stackName } = toDeployment(project, environment);
      const done = ctx.isDryRun ? dryRollback() : await roll();
      ctx.output('release', done.release);
      ctx.output('former', done.former);
      ctx.output('status', done.status);
      ctx.output('consoleUrl', done.consoleUrl);

      async function roll() {
        const place = { account, region, stackName };
        const meta = { account, region, stackName, release: release ?? '' };
        const event = { auditor, ctx, eventId: 'stack-rollback', meta };
        return audited(event, async note => {
          const { owner } = await entities.readEntity(
            ctx,
            project.entity,
            dataLakeEnvironmentDeployPermission,
          );
          await access.assertMayUse(ctx, { ...place, owner });
          const clients = aws.forTarget({ account, region });
          const what = { clients, project, environment, release };
          // a retry means the same switch, not the one before what runs by then
          const chosen = await ctx.checkpoint({
            key: `data-lake.rollback.${account}.${region}.${stackName}`,
            fn: async () => ({
              ...(await chooseRollback({ ...what, signal: ctx.signal })),
            }),
          });
          return rollbackProject({
            ...what,
            chosen,
            identity: toIdentity(ctx),
            roleArn: access.findServiceRole(account),
            templateBucket: access.findTemplateBucket(account),
            rules: templateRules(settings, account),
            reports: taskReports(ctx),
            onChangeSet: changeSet => note({ changeSet }),
            allow: { allowBroaderPermissions },
            log: line => ctx.logger.info(line),
            signal: ctx.signal,
            assertMayTouch: access.toMayTouch(ctx, place),
          });
        });
      }

      /** Asks AWS nothing, and so does not know what ran before. */
      function dryRollback() {
        ctx.logger.info(
          `Would switch ${stackName} to ${release ?? 'the release before'}`,
        );
        return {
          release: release ?? 'releases/dry-run/',
          former: '',
          status: 'DRY_RUN',
          consoleUrl: '',
        };
      }
    },
  });
}
