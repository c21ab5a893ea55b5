import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { auditStep, Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { DataLakeServices } from './dataLakeServices';
import { repoUrlInput, tokenInput } from './inputs';
import { examples } from './protectRepository.examples';

/** Creates `data-lake:repository:protect`, which has the main branch take reviewed changes only. */
export function createProtectRepositoryAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:repository:protect',
    description:
      'Has the main branch take changes by reviewed change requests only. Where the host refuses, the step passes, and says why the branch is not protected.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { repoUrl, token } = ctx.input;
      const { repositories, auditor } = services;
      const host = repositories.forNew(repoUrl);
      const finish = (reason: string) => {
        if (reason)
          ctx.logger.warn(`The main branch is not protected: ${reason}`);
        ctx.output('isProtected', reason === '');
        ctx.output('reason', reason);
      };
      if (repositories.settings.mainBranch === 'none') {
        return finish('dataLake.repositories.mainBranch is none');
      }
      if (ctx.isDryRun) return finish('dry run');
      const event = {
        auditor,
        ctx,
        eventId: 'repository-protect',
        meta: { repoUrl },
      };
      try {
        await auditStep(event, () => host.protect(ctx, { repoUrl, token }));
        return finish('');
      } catch (error) {
        // a repository without protection is better than no data lake
        ctx.signal?.throwIfAborted();
        return finish(error instanceof Error ? error.message : String(error));
      }
    },
  });
}

const input = { ...repoUrlInput, ...tokenInput };

const output = {
  isProtected: (z: Z) => z.boolean().describe('Whether the host protects it'),
  reason: (z: Z) => z.string().describe('Why it is not protected; or empty'),
};
