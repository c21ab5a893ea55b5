import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AuditorService,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import {
  dataLakeEnvironmentDeployPermission,
  environmentAnnotationPrefix,
  ProjectEnvironment,
  toPrefix,
  toStackName,
} from '@data-lake/plugin-data-lake-common';
import {
  addEnvironment,
  annotateEnvironment,
  findTakenStack,
  listBucketProblems,
  readMwaaEnvironment,
} from '@data-lake/plugin-data-lake-node';
import { AwsClientFactory } from '@data-lake/aws';
import { InputError } from '@backstage/errors';
import fs from 'fs-extra';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { EntityAccess } from '../entityAccess';
import { examples } from './addEnvironment.examples';
import { readEntityProject } from './entityProject';
import { bucketsInput, entityProjectInput, placeInput } from './inputs';

/** `data-lake:project:add-environment`: one more environment in `project.yaml` and `catalog-info.yaml`. */
export function createAddEnvironmentAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  entities: EntityAccess;
}) {
  const { access, auditor, aws, entities } = options;
  return createTemplateAction({
    id: 'data-lake:project:add-environment',
    description:
      'Adds an environment to the project in the workspace: to project.yaml and, as an annotation, to catalog-info.yaml. Comments stay. Makes nothing in AWS.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...entityProjectInput,
        changePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder in the workspace that also gets the changed files, and they alone; default change',
            ),
        ...placeInput,
        mwaaEnvironment: z =>
          z.string().describe('Existing MWAA environment there'),
        ...bucketsInput,
        alertEmail: z =>
          z.string().optional().describe('Mailed when a run fails'),
      },
      output: {
        annotation: z => z.string().describe('Key of the new annotation'),
        stackName: z => z.string().describe('Name its main stack will have'),
        confirm: z => z.string().describe('<project>-<environment>'),
      },
    },
    async handler(ctx) {
      const { entityRef, environment: name, account, region } = ctx.input;
      const { path = 'project', changePath = 'change' } = ctx.input;
      const annotation = `${environmentAnnotationPrefix}${name}`;
      ctx.output('annotation', annotation);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would add environment ${name} to ${entityRef}`);
        ctx.output('stackName', '');
        ctx.output('confirm', '');
        return;
      }
      const meta = { entityRef, environment: name, account, region };
      const event = { auditor, ctx, eventId: 'environment-add', meta };
      await audited(event, add);

      async function add() {
        const { owner } = await entities.readEntity(
          ctx,
          entityRef,
          dataLakeEnvironmentDeployPermission,
        );
        const { project, source: folder } = await readEntityProject(
          ctx.workspacePath,
          path,
          entityRef,
        );
        const stackName = toStackName(project.name, name, 'foundations');
        await access.assertMayUse(ctx, { account, region, owner, stackName });
        const environment = await readEnvironment(stackName);
        const change = resolveSafeChildPath(ctx.workspacePath, changePath);
        await rewrite('project.yaml', text =>
          addEnvironment(text, environment),
        );
        await rewrite('catalog-info.yaml', text =>
          annotateEnvironment(text, project, environment),
        );
        ctx.output('stackName', stackName);
        ctx.output('confirm', toPrefix(project.name, name));

        /** Checks what is there before anything is written. */
        async function readEnvironment(
          stack: string,
        ): Promise<ProjectEnvironment> {
          const { mwaaEnvironment, alertEmail = '' } = ctx.input;
          const { dataBucket = '', codeBucket = '' } = ctx.input;
          const clients = aws.forTarget({ account, region });
          const { signal } = ctx;
          const about = { clients, signal };
          const [mwaa, taken, problems] = await Promise.all([
            readMwaaEnvironment({ ...about, name: mwaaEnvironment }),
            findTakenStack({ ...about, stackName: stack, entity: entityRef }),
            listBucketProblems({ ...about, buckets: [dataBucket, codeBucket] }),
          ]);
          const against = [...(taken ? [taken] : []), ...problems];
          if (against.length > 0) {
            throw new InputError(`Nothing was changed. ${against.join('. ')}`);
          }
          return ProjectEnvironment.parse({
            name,
            account,
            region,
            mwaa: {
              environment: mwaaEnvironment,
              airflowVersion: mwaa.airflowVersion,
              bucket: mwaa.bucket,
              dagPath: mwaa.dagPath,
              executionRole: mwaa.executionRole,
            },
            dataBucket,
            codeBucket,
            alertEmail,
          });
        }

        async function rewrite(file: string, to: (text: string) => string) {
          const text = to(await readFile(join(folder, file), 'utf8'));
          await fs.outputFile(join(folder, file), text);
          await fs.outputFile(join(change, file), text);
          ctx.logger.info(`${file}: environment ${name}`);
        }
      }
    },
  });
}
