import {
  resolvePackagePath,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import { createWorkspaceTemplateAction } from '@backstage/plugin-scaffolder-backend';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { toConsoleHost, toPartition } from '@data-lake/aws';
import { Z } from '@data-lake/plugin-scaffolder-backend-module-aws';
import fs from 'fs-extra';
import { copySkeleton } from '../copySkeleton';
import { keepCiOf } from '../keepCiOf';
import { parseLocation } from '../repositories/location';
import { writeCli } from '../writeCli';
import { examples } from './fetchSkeleton.examples';

/** What the action copies into a project. */
export interface SkeletonOptions {
  /** Folder of the skeleton; default the packaged one. */
  path?: string;
  /** Folder of the package with the command line; default the installed one. */
  cliPath?: string;
  integrations: ScmIntegrations;
}

/**
 * Creates `data-lake:skeleton:fetch`, which renders the packaged project into the workspace.
 *
 * The rendering is the scaffolder's own, so that filters and rules are those of `fetch:template`, which
 * itself may not read a folder that is packaged with a plugin.
 */
export function createFetchSkeletonAction(options: SkeletonOptions) {
  const template = createWorkspaceTemplateAction(options);
  return createTemplateAction({
    id: 'data-lake:skeleton:fetch',
    description:
      'Copies the packaged data lake project into the workspace, renders its templates (*.njk, and no other file), and adds the command line that its CI runs.',
    supportsDryRun: true,
    examples,
    schema: { input, output },
    async handler(ctx) {
      const { targetPath = '.', values = {}, repoUrl } = ctx.input;
      const source = await findSkeleton(options.path);
      const draft = resolveSafeChildPath(ctx.workspacePath, unrendered);
      await fs.remove(draft);
      const files = await copySkeleton({ source, target: draft });
      await template.handler({
        ...ctx,
        // the renderer logs one line per file
        logger: toQuiet(ctx.logger),
        input: {
          sourcePath: unrendered,
          targetPath,
          values: { ...values, aws: toPlace(values) },
          templateFileExtension: true,
          replace: true,
        },
        output: () => {},
      } as unknown as Parameters<typeof template.handler>[0]);
      await fs.remove(draft);
      const project = resolveSafeChildPath(ctx.workspacePath, targetPath);
      const type = findHostType(options.integrations, repoUrl);
      const removed = await keepCiOf(type, project);
      const written = await writeCli({
        target: resolveSafeChildPath(ctx.workspacePath, `${targetPath}/cli`),
        source: options.cliPath,
      });
      const count = files - removed + written;
      ctx.output('files', count);
      ctx.logger.info(`The project has ${count} files, in ${targetPath}`);
    },
  });
}

/** Temporary folder of the workspace for the unrendered project. */
const unrendered = '.data-lake-skeleton';

/** The type of the repository's host; undefined for one without an integration, which may have any CI. */
function findHostType(integrations: ScmIntegrations, repoUrl?: string) {
  return repoUrl && integrations.byHost(parseLocation(repoUrl).host)?.type;
}

const input = {
  repoUrl: (z: Z) =>
    z
      .string()
      .optional()
      .describe(
        "Location of the repository, for the CI of its host's type alone; default that of all types",
      ),
  targetPath: (z: Z) =>
    z.string().optional().describe('Folder of the workspace; default .'),
  values: (z: Z) =>
    z
      .record(z.any())
      .optional()
      .describe(
        'Values for the templates, as `values.<name>`; `values.aws` has the partition and the console host of the region in `environment`',
      ),
};

const output = {
  files: (z: Z) => z.number().describe('Number of files of the project'),
};

/** Says of a region what a template cannot find out. */
function toPlace(values: Record<string, any>) {
  const region = String(values.environment?.region ?? '');
  return { partition: toPartition(region), consoleHost: toConsoleHost(region) };
}

function toQuiet<L extends { info: unknown }>(logger: L): L {
  return Object.assign(Object.create(logger), { info: () => {} });
}

/** Finds the configured skeleton, or that of the published package, or that of this repository. */
async function findSkeleton(configured: string | undefined): Promise<string> {
  const name = '@data-lake/plugin-scaffolder-backend-module-data-lake';
  const folders = configured
    ? [configured]
    : [
        resolvePackagePath(name, 'skeleton'),
        resolvePackagePath(name, '../../skeleton'),
      ];
  for (const folder of folders) {
    if (await fs.pathExists(folder)) return folder;
  }
  throw new NotFoundError(
    `There is no skeleton at ${folders.join(
      ' nor at ',
    )}; see dataLake.skeleton.path in the configuration`,
  );
}
