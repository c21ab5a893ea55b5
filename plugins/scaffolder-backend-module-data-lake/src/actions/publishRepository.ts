import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { auditStep, Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { assertNotCancelled } from './assertNotCancelled';
import { DataLakeServices } from './dataLakeServices';
import { repoUrlInput, tokenInput } from './inputs';
import { examples } from './publishRepository.examples';

/** Creates `data-lake:repository:publish`, which publishes to a host of any type. */
export function createPublishRepositoryAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:repository:publish',
    description:
      "Publishes a folder of the workspace as a new repository, by the official action of its host's type. Run again by the same task, it continues.",
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { repoUrl, token, sourcePath = '.' } = ctx.input;
      const { description = '', message = 'Create the project' } = ctx.input;
      const host = services.repositories.forNew(repoUrl);
      const folder = resolveSafeChildPath(ctx.workspacePath, sourcePath);
      if (ctx.isDryRun) ctx.logger.info(`Would publish to ${repoUrl}`);
      const { auditor } = services;
      const event = {
        auditor,
        ctx,
        eventId: 'repository-publish',
        meta: { repoUrl },
      };
      const request = { repoUrl, folder, description, message, token };
      const urls = ctx.isDryRun
        ? { remoteUrl: '' }
        : await auditStep(event, async () => {
            await assertNotCancelled(services, ctx);
            return host.publish(ctx, request);
          });
      ctx.output('remoteUrl', urls.remoteUrl);
      ctx.output('repoContentsUrl', urls.repoContentsUrl ?? '');
      ctx.output('catalogInfoUrl', urls.catalogInfoUrl ?? '');
    },
  });
}

const input = {
  ...repoUrlInput,
  sourcePath: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder of the workspace to publish; default the whole'),
  description: (z: Z) =>
    z.string().optional().describe('One line about the repository'),
  message: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Message of the first commit; default Create the project'),
  ...tokenInput,
};

const output = {
  remoteUrl: (z: Z) => z.string().describe('What Git clones'),
  repoContentsUrl: (z: Z) =>
    z
      .string()
      .describe('Page of its main branch; empty if the host has no pages'),
  catalogInfoUrl: (z: Z) =>
    z
      .string()
      .describe(
        'Its catalog-info.yaml, as the catalog reads it; empty if the host adds its entities itself',
      ),
};
