import {
  resolvePackagePath,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { createWorkspaceTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import { copySkeleton } from '../skeleton';
import { examples } from './fetchSkeleton.examples';

/** Folder of the workspace that holds the unrendered project for a moment. */
const unrendered = '.data-lake-skeleton';

/**
 * `data-lake:skeleton:fetch`: the packaged project, rendered into the workspace.
 *
 * The rendering is the scaffolder's own, so that filters and rules are those of `fetch:template`,
 * which itself may not read a folder that is packaged with a plugin.
 */
export function createFetchSkeletonAction(options: {
  path?: string;
  integrations: ScmIntegrations;
}) {
  const template = createWorkspaceTemplateAction(options);
  return createTemplateAction({
    id: 'data-lake:skeleton:fetch',
    description:
      'Brings the packaged data lake project into the workspace, with its templates (*.njk, and no other file) rendered.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        targetPath: z =>
          z.string().optional().describe('Folder of the workspace; default .'),
        values: z =>
          z
            .record(z.any())
            .optional()
            .describe('Values for the templates, as `values.<name>`'),
      },
      output: {
        files: z => z.number().describe('Number of files of the project'),
      },
    },
    async handler(ctx) {
      const { targetPath = '.', values = {} } = ctx.input;
      const source = await findSkeleton(options.path);
      const draft = resolveSafeChildPath(ctx.workspacePath, unrendered);
      await fs.remove(draft);
      const files = await copySkeleton({ source, target: draft });
      await template.handler({
        ...ctx,
        // the lines of the renderer, one a file, are of no use to the reader of the log
        logger: quiet(ctx.logger),
        input: {
          sourcePath: unrendered,
          targetPath,
          values,
          templateFileExtension: true,
          replace: true,
        },
        output: () => {},
      } as unknown as Parameters<typeof template.handler>[0]);
      await fs.remove(draft);
      ctx.output('files', files);
      ctx.logger.info(`The project has ${files} files, in ${targetPath}`);
    },
  });
}

function quiet<L extends { info: unknown }>(logger: L): L {
  return Object.assign(Object.create(logger), { info: () => {} });
}

/** Configured; in the published package; or at the root of this repository. */
async function findSkeleton(configured: string | undefined): Promise<string> {
  const name = '@data-lake/plugin-scaffolder-backend-module-data-lake';
  const places = configured
    ? [configured]
    : [
        resolvePackagePath(name, 'skeleton'),
        resolvePackagePath(name, '../../skeleton'),
      ];
  for (const place of places) {
    if (await fs.pathExists(place)) return place;
  }
  throw new NotFoundError(
    `There is no skeleton at ${places.join(
      ' nor at ',
    )}; see dataLake.skeleton.path in the configuration`,
  );
}
