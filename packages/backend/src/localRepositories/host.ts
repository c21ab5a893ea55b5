import { basename } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { RepositoryHost } from '@data-lake/plugin-scaffolder-backend-module-data-lake';
import { awaitEntity } from './awaitEntity';
import { commitFiles, toRepository } from './commit';
import { publishFolder } from './publish';
import { publishedTopic } from './repositories';

/**
 * The host `local`: repositories in a folder of this machine, for one without a Git host and without
 * reviewers. A `repoUrl` is `local?repo=<name>`.
 *
 * @param options - `folder`: absolute folder of the repositories
 */
export function createLocalHost(options: {
  folder: string;
  catalog: CatalogService;
  events: EventsService;
}): RepositoryHost {
  const { folder, catalog, events } = options;
  const refresh = (name: string) =>
    events.publish({ topic: publishedTopic, eventPayload: { name } });
  return {
    takes: url => url.startsWith('local?') || url.startsWith('file:'),

    async publish(ctx, { repoUrl, folder: source, message }) {
      const target = resolveSafeChildPath(folder, toName(repoUrl));
      const task = ctx.task.id;
      const { signal } = ctx;
      const oid = await publishFolder({
        source,
        target,
        task,
        message,
        signal,
      });
      ctx.logger.info(`Repository ${target} at ${oid.slice(0, 7)}`);
      return { remoteUrl: `file://${target}` };
    },

    async register(ctx, { repoUrl, entityRef }) {
      const name = toName(repoUrl);
      await refresh(name);
      await awaitEntity(catalog, ctx, {
        entityRef,
        until: Boolean,
        done: `The repository ${name} is published`,
      });
      ctx.logger.info(`The catalog has read ${entityRef}`);
    },

    async protect() {
      throw new Error('a folder of this machine has no protected branches');
    },

    async requestChange(ctx, request) {
      const { sourceUrl, folder: source, title, annotation } = request;
      const dir = toRepository(sourceUrl, folder);
      const oid = await commitFiles({ dir, source, message: title });
      ctx.logger.info(`${sourceUrl} is at ${oid.slice(0, 7)}`);
      await refresh(basename(dir));
      if (annotation) {
        await awaitEntity(catalog, ctx, {
          entityRef: request.entityRef,
          until: entity =>
            entity?.metadata.annotations?.[annotation] !== undefined,
          done: `${sourceUrl} is changed to add ${annotation}`,
        });
      }
      return undefined;
    },
  };
}

/** @throws InputError if the name cannot be a folder's */
function toName(repoUrl: string): string {
  const name = new URLSearchParams(repoUrl.split('?')[1]).get('repo') ?? '';
  if (/^[a-z][a-z0-9-]*$/.test(name)) return name;
  throw new InputError(
    `${repoUrl} names no repository of lower-case letters, digits and dashes, starting with a letter: local?repo=movielens`,
  );
}
