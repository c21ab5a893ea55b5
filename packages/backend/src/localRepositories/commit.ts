import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { awaitEntity } from './awaitEntity';
import { publishedTopic } from './repositories';

/**
 * Creates `publish:local:commit`, which commits to the main branch of a local repository:
 * `publish:github:pull-request` for a machine without a Git host and without reviewers.
 */
export function createCommitLocalAction(options: {
  /** Absolute folder of the repositories. */
  folder: string;
  catalog: CatalogService;
  events: EventsService;
}) {
  return createTemplateAction({
    id: 'publish:local:commit',
    description:
      'Commits files of the workspace on the main branch of a repository in the folder of local repositories, and waits until the catalog has read it.',
    supportsDryRun: true,
    schema: {
      input: {
        repoUrl: z => z.string().describe('file: URL of the repository'),
        sourcePath: z =>
          z.string().describe('Folder of the workspace with the changed files'),
        message: z => z.string().describe('Message of the commit'),
        entityRef: z =>
          z.string().describe('Entity whose annotation is waited for'),
        annotation: z => z.string().describe('Annotation that the change adds'),
      },
      output: {
        commitHash: z => z.string().describe('Newest commit'),
      },
    },
    async handler(ctx) {
      const { repoUrl, message, entityRef, annotation } = ctx.input;
      if (ctx.isDryRun) {
        ctx.logger.info(`Would commit to ${repoUrl}`);
        ctx.output('commitHash', '0'.repeat(40));
        return;
      }
      const dir = toRepository(repoUrl, options.folder);
      const source = resolveSafeChildPath(
        ctx.workspacePath,
        ctx.input.sourcePath,
      );
      const oid = await commitFiles({ dir, source, message });
      ctx.logger.info(`${repoUrl} is at ${oid.slice(0, 7)}`);
      ctx.output('commitHash', oid);

      await options.events.publish({
        topic: publishedTopic,
        eventPayload: { name: basename(dir) },
      });
      await awaitEntity(options.catalog, ctx, {
        entityRef,
        until: entity =>
          entity?.metadata.annotations?.[annotation] !== undefined,
        done: `${repoUrl} is changed to add ${annotation}`,
      });
    },
  });
}

function toRepository(url: string, folder: string): string {
  const path = url.startsWith('file:') ? resolve(fileURLToPath(url)) : '';
  if (dirname(path) === folder) return path;
  throw new InputError(`${url} is not a repository in ${folder}`);
}

/** Commits the files that differ; a second try finds the commit of the first one. */
async function commitFiles(options: {
  dir: string;
  source: string;
  message: string;
}): Promise<string> {
  const { dir, source, message } = options;
  const paths = await listFiles(source);
  const differing: string[] = [];
  for (const path of paths) {
    const wanted = await fs.readFile(join(source, path));
    const there = await fs
      .readFile(join(dir, path))
      .catch(() => Buffer.alloc(0));
    const status = await git.status({ fs, dir, filepath: path });
    if (wanted.equals(there) && status === 'unmodified') continue;
    if (status !== 'unmodified' && status !== 'absent') {
      throw new ConflictError(
        `${join(
          dir,
          path,
        )} has uncommitted edits. Commit or discard them, then try again`,
      );
    }
    differing.push(path);
  }
  for (const path of differing) {
    await fs.copy(join(source, path), join(dir, path));
    await git.add({ fs, dir, filepath: path });
  }
  if (differing.length === 0) return git.resolveRef({ fs, dir, ref: 'main' });
  return git.commit({
    fs,
    dir,
    ref: 'refs/heads/main',
    message,
    author: { name: 'Backstage', email: 'backstage@localhost' },
  });
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  return entries
    .filter(entry => entry.isFile())
    .map(entry => relative(folder, join(entry.parentPath, entry.name)));
}
