import {
  resolvePackagePath,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import { examples } from './fetchSkeleton.examples';
import { copySkeleton } from '../skeleton';

/** `data-lake:skeleton:fetch`: the packaged project, into the workspace. */
export function createFetchSkeletonAction(options: { path?: string }) {
  return createTemplateAction({
    id: 'data-lake:skeleton:fetch',
    description:
      'Copies the packaged data lake project into the workspace: plain files to targetPath, and those that are templates (*.njk, without that ending) to templatesPath, for workspace:template to render into targetPath.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        targetPath: z =>
          z
            .string()
            .optional()
            .describe('Folder of the workspace for plain files; default .'),
        templatesPath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace for templates, beside targetPath; default templates',
            ),
      },
      output: {
        files: z => z.number().describe('Number of plain files'),
        templates: z => z.number().describe('Number of templates'),
      },
    },
    async handler(ctx) {
      const targetPath = ctx.input.targetPath ?? '.';
      const templatesPath = ctx.input.templatesPath ?? 'templates';
      const target = resolveSafeChildPath(ctx.workspacePath, targetPath);
      const templates = resolveSafeChildPath(ctx.workspacePath, templatesPath);
      if (target === templates) {
        throw new InputError('targetPath and templatesPath must differ');
      }
      const source = await findSkeleton(options.path);
      const copied = await copySkeleton({ source, target, templates });
      ctx.output('files', copied.files);
      ctx.output('templates', copied.templates);
      ctx.logger.info(
        `Copied ${copied.files} files to ${targetPath} and ${copied.templates} templates to ${templatesPath}`,
      );
    },
  });
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
