import {
  AuditorService,
  resolveSafeChildPath,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { dataLakeEnvironmentDeployPermission } from '@data-lake/plugin-data-lake-common';
import { fetchRepository } from '@data-lake/plugin-data-lake-node';
import fs from 'fs-extra';
import { audited } from '../audit';
import { EntityAccess } from '../entityAccess';
import { examples } from './fetchProject.examples';

/** `data-lake:project:fetch`: the repository of an entity, at its main branch. */
export function createFetchProjectAction(options: {
  auditor: AuditorService;
  entities: EntityAccess;
  reader: UrlReaderService;
}) {
  const { auditor, entities, reader } = options;
  return createTemplateAction({
    id: 'data-lake:project:fetch',
    description:
      "Fetches the repository of a data lake's entity into the workspace, at the branch that its source location names.",
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        entityRef: z =>
          z
            .string()
            .describe('The entity, such as component:default/movielens'),
        commit: z =>
          z
            .string()
            .optional()
            .describe('Fail where the branch is at another commit by now'),
        targetPath: z =>
          z
            .string()
            .optional()
            .describe('Folder in the workspace; default project'),
      },
      output: {
        path: z => z.string().describe('The folder'),
        commit: z => z.string().describe('Commit, where the host tells it'),
        owner: z => z.string().describe('Entity ref of the owner'),
        name: z => z.string().describe('Name of the project'),
        sourceUrl: z => z.string().describe('Where it was read from'),
      },
    },
    async handler(ctx) {
      const { entityRef, commit } = ctx.input;
      const path = ctx.input.targetPath ?? 'project';
      ctx.output('path', path);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would fetch the repository of ${entityRef}`);
        ctx.output('commit', '');
        ctx.output('owner', '');
        ctx.output('name', '');
        ctx.output('sourceUrl', '');
        return;
      }
      const event = {
        auditor,
        ctx,
        eventId: 'project-fetch',
        meta: { entityRef },
      };
      const { entity, owner } = await audited(event, () =>
        entities.readEntity(
          ctx,
          entityRef,
          dataLakeEnvironmentDeployPermission,
        ),
      );
      const folder = resolveSafeChildPath(ctx.workspacePath, path);
      // what an earlier try left may be of another commit
      await fs.emptyDir(folder);
      const { signal } = ctx;
      const found = await fetchRepository({
        entity,
        reader,
        folder,
        commit,
        signal,
      });
      ctx.logger.info(`${found.url} at ${found.commit ?? 'its newest commit'}`);
      ctx.output('commit', found.commit ?? '');
      ctx.output('owner', owner);
      ctx.output('name', found.project.name);
      ctx.output('sourceUrl', found.url);
    },
  });
}
