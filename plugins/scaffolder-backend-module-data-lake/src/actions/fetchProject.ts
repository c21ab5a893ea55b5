import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import { DataLakeServices } from './dataLakeServices';
import { fetchEntityProject } from './fetchEntityProject';
import { examples } from './fetchProject.examples';
import { StepContext } from './stepContext';

/** Creates `data-lake:project:fetch`, which fetches the repository of an entity. */
export function createFetchProjectAction(services: DataLakeServices) {
  return createTemplateAction({
    id: 'data-lake:project:fetch',
    description:
      "Fetches the repository of a data lake's entity into the workspace, at the branch that its source location names.",
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { entityRef, targetPath: path = 'project' } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would fetch the repository of ${entityRef}`);
      }
      const fetched = ctx.isDryRun
        ? nothing
        : await fetchProject(services, ctx, path);
      ctx.output('path', path);
      ctx.output('commit', fetched.commit);
      ctx.output('owner', fetched.owner);
      ctx.output('name', fetched.name);
      ctx.output('sourceUrl', fetched.sourceUrl);
    },
  });
}

const input = {
  entityRef: (z: Z) =>
    z.string().describe('Entity, such as component:default/movielens'),
  commit: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Commit that the branch must be at; default any'),
  targetPath: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder of the workspace, which is emptied; default project'),
};

const output = {
  path: (z: Z) => z.string().describe('Folder of the project'),
  commit: (z: Z) =>
    z.string().describe('Commit; empty if the host does not name it'),
  owner: (z: Z) => z.string().describe('Entity ref of the owner'),
  name: (z: Z) => z.string().describe('Name of the project'),
  sourceUrl: (z: Z) => z.string().describe('URL of the repository'),
};

interface FetchInput {
  entityRef: string;
  commit?: string;
}

const nothing = { commit: '', owner: '', name: '', sourceUrl: '' };

async function fetchProject(
  services: DataLakeServices,
  ctx: StepContext<FetchInput>,
  path: string,
): Promise<typeof nothing> {
  const wanted = { ...ctx.input, path };
  const fetched = await fetchEntityProject(services, ctx, wanted);
  return {
    commit: fetched.commit ?? '',
    owner: fetched.owner,
    name: fetched.project.name,
    sourceUrl: fetched.url,
  };
}
