import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { auditStep, Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { DataLakeServices } from './dataLakeServices';
import { repoUrlInput } from './inputs';
import { examples } from './registerRepository.examples';

/** Creates `data-lake:repository:register`, which has the catalog read a new repository. */
export function createRegisterRepositoryAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:repository:register',
    description:
      "Reads a new repository with Backstage's own credential, registers it in the catalog, and waits for its entity. Run again, it changes nothing.",
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { repoUrl, entityRef } = ctx.input;
      ctx.output('entityRef', entityRef);
      const host = services.repositories.forNew(repoUrl);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would register ${repoUrl}`);
        return;
      }
      const { auditor } = services;
      const meta = { repoUrl, entityRef };
      await auditStep(
        { auditor, ctx, eventId: 'repository-register', meta },
        () => host.register(ctx, { repoUrl, entityRef }),
      );
    },
  });
}

const input = {
  ...repoUrlInput,
  entityRef: (z: Z) =>
    z.string().describe('Entity of the repository, which is waited for'),
};

const output = {
  entityRef: (z: Z) => z.string().describe('The entity'),
};
