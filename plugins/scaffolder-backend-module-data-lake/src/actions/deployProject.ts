import { AuditorService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { dataLakeEnvironmentDeployPermission } from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory, DataLakeConfig } from '@data-lake/aws';
import {
  deployProject,
  readProjectFiles,
  toDeployment,
} from '@data-lake/plugin-data-lake-node';
import { readBucketTags } from '@data-lake/s3-sync';
import { templateRules } from '@data-lake/cloudformation';
import { AccountAccess } from '../access';
import { audited, toNoteChangeSet } from '../audit';
import { EntityAccess } from '../entityAccess';
import { taskReports } from '../reports';
import { examples } from './deployProject.examples';
import { readEntityProject } from './entityProject';
import { toIdentity } from './stackRequest';
import {
  allowanceInput,
  cancelInput,
  entityProjectInput,
  recoveryInput,
  waitInput,
} from './inputs';

/** `data-lake:project:deploy`: a whole environment, as `aws:cloudformation:deploy` and `aws:s3:sync` do its parts. */
export function createDeployProjectAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  entities: EntityAccess;
  settings: DataLakeConfig;
}) {
  const { access, auditor, aws, entities, settings } = options;
  return createTemplateAction({
    id: 'data-lake:project:deploy',
    description:
      'Deploys an environment of the project in the workspace: its stacks in their order, its scripts and its DAGs. Run again, it goes on with what it began.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...entityProjectInput,
        previewDigests: z =>
          z
            .record(z.string())
            .optional()
            .describe(
              'Digest of a preview by stack, such as foundations: only exactly that change is executed',
            ),
        ...allowanceInput,
        ...cancelInput,
        ...recoveryInput,
        maxDeleted: z =>
          z
            .number()
            .min(0)
            .optional()
            .describe(
              "So many of the DAG's files may be deleted; default 20, or half of them where that is more",
            ),
        ...waitInput,
      },
      output: {
        stacks: z =>
          z
            .array(
              z.object({
                stackName: z.string(),
                status: z.string(),
                consoleUrl: z.string(),
              }),
            )
            .describe('The stacks, in their order'),
        release: z => z.string().describe('Prefix of the release'),
        uploaded: z => z.number().describe('Number of files uploaded'),
        deleted: z => z.number().describe('Number of files deleted'),
      },
    },
    async handler(ctx) {
      const { entityRef, environment, path = 'project' } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would deploy ${environment} of ${entityRef}`);
        ctx.output('stacks', []);
        ctx.output('release', '');
        ctx.output('uploaded', 0);
        ctx.output('deleted', 0);
        return;
      }
      const { previewDigests, allowReplacement, allowBroaderPermissions } =
        ctx.input;
      const meta = {
        entityRef,
        environment,
        previewDigests: previewDigests ?? {},
        allowReplacement: allowReplacement ?? false,
        allowBroaderPermissions: allowBroaderPermissions ?? false,
      };
      const event = { auditor, ctx, eventId: 'project-deploy', meta };
      const { files, done } = await audited(event, deploy);
      ctx.output(
        'stacks',
        files.stacks.map(({ name, stackName }) => ({
          stackName,
          status: done.stacks[name].status,
          consoleUrl: done.stacks[name].consoleUrl,
        })),
      );
      ctx.output('release', done.release.prefix);
      ctx.output('uploaded', done.release.uploaded + done.dags.uploaded);
      ctx.output('deleted', done.dags.deleted);

      async function deploy(note: (more: JsonObject) => void) {
        const { owner } = await entities.readEntity(
          ctx,
          entityRef,
          dataLakeEnvironmentDeployPermission,
        );
        const { project, source } = await readEntityProject(
          ctx.workspacePath,
          path,
          entityRef,
        );
        const { account, region } = toDeployment(project, environment);
        const read = await readProjectFiles({
          project,
          environment,
          source,
          rules: templateRules(settings, account),
        });
        const stacks = read.stacks.map(({ stackName }) => stackName);
        note({ account, region, stacks });
        for (const stackName of stacks) {
          await access.assertMayUse(ctx, { account, region, owner, stackName });
        }
        const clients = aws.forTarget({ account, region });
        const bucket = read.deployment.mwaaBucket;
        await access.assertMayUpload(ctx, { account, region, bucket }, () =>
          readBucketTags({ clients, bucket, signal: ctx.signal }),
        );
        const deployed = await deployProject({
          clients,
          files: read,
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
        return { files: read, done: deployed };
      }
    },
  });
}
