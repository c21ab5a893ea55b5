import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { toSourceUrl } from '@data-lake/plugin-data-lake-node';
import { auditStep, Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { assertNotCancelled } from './assertNotCancelled';
import { DataLakeServices } from './dataLakeServices';
import { tokenInput } from './inputs';
import { examples } from './requestChange.examples';

/** Creates `data-lake:repository:change-request`, which opens pull or merge requests at a host of any type. */
export function createRequestChangeAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:repository:change-request',
    description:
      "Pushes changed files on a branch of an entity's repository, and opens a change request for it, or brings the open one up to date. A host without change requests commits on the main branch.",
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { entityRef, sourcePath, description = '', ...request } = ctx.input;
      const { auditor, entities, repositories } = services;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would open a change request for ${entityRef}`);
        ctx.output('url', '');
        return;
      }
      const folder = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      const meta = { entityRef, branch: request.branch };
      const event = { auditor, ctx, eventId: 'change-request', meta };
      const url = await auditStep(event, async () => {
        const credentials = await ctx.getInitiatorCredentials();
        // the repository is the catalog's, so that nobody changes another's with Backstage's credential
        const sourceUrl = toSourceUrl(
          await entities.readEntity(credentials, entityRef, 'deploy'),
        );
        await assertNotCancelled(services, ctx);
        return repositories.of(sourceUrl).requestChange(ctx, {
          ...request,
          description,
          entityRef,
          folder,
          sourceUrl,
        });
      });
      if (url) ctx.logger.info(`Change request ${url}`);
      ctx.output('url', url ?? '');
    },
  });
}

const input = {
  entityRef: (z: Z) => z.string().describe('Entity of the repository'),
  sourcePath: (z: Z) =>
    z.string().describe('Folder of the workspace with the changed files only'),
  branch: (z: Z) =>
    z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
      .describe('Branch of the change, which is made anew'),
  title: (z: Z) => z.string().describe('Title, and message of the commit'),
  description: (z: Z) => z.string().optional().describe('Text for reviewers'),
  annotation: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        'Annotation of the entity that the change adds; waited for where it is committed on the main branch',
      ),
  ...tokenInput,
};

const output = {
  url: (z: Z) =>
    z
      .string()
      .describe(
        'URL of the change request; empty if there is none, as nothing changes or the change is on the main branch',
      ),
};
