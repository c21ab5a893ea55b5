import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { basename, join } from 'node:path';
import { publishedTopic } from './repositories';
import { waitFor } from './waitFor';

/**
 * `publish:local`: a Git repository in a folder of this machine, with one commit of the workspace's
 * files, and its entities in the catalog. The twin of `publish:github` for a machine without a Git host.
 */
export function createPublishLocalAction(options: {
  /** Absolute folder of the repositories. */
  folder: string;
  catalog: CatalogService;
  events: EventsService;
}) {
  return createTemplateAction({
    id: 'publish:local',
    description:
      'Publishes the workspace as a Git repository in the folder of local repositories, and waits until the catalog knows its entity.',
    supportsDryRun: true,
    schema: {
      input: {
        name: z =>
          z
            .string()
            .regex(
              /^[a-z][a-z0-9-]*$/,
              'small letters, digits and dashes, a letter first',
            )
            .describe('Name of the repository, which is its folder'),
        sourcePath: z =>
          z
            .string()
            .optional()
            .describe(
              'Folder of the workspace to publish; the whole if absent',
            ),
        entityRef: z =>
          z
            .string()
            .describe('The entity that the repository brings, to wait for'),
        message: z =>
          z.string().optional().describe('Message of the first commit'),
      },
      output: {
        remoteUrl: z => z.string().describe('file: URL of the repository'),
        entityRef: z => z.string().describe('The entity, normalised'),
        commitHash: z => z.string().describe('Its first commit'),
      },
    },
    async handler(ctx) {
      const { name } = ctx.input;
      const entityRef = stringifyEntityRef(
        parseEntityRef(ctx.input.entityRef, {
          defaultKind: 'component',
          defaultNamespace: DEFAULT_NAMESPACE,
        }),
      );
      const target = resolveSafeChildPath(options.folder, name);
      ctx.output('remoteUrl', `file://${target}`);
      ctx.output('entityRef', entityRef);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would publish the repository ${target}`);
        ctx.output('commitHash', '0'.repeat(40));
        return;
      }

      const trailer = `Backstage-Task: ${ctx.task.id}`;
      const published = await readHead(target);
      if (published && !published.message.includes(trailer)) {
        throw new ConflictError(
          `The repository ${name} is there already (${target}), and another task made it: choose another name, or remove that folder`,
        );
      }
      const commitHash =
        published?.oid ??
        (await commitAll({
          source: resolveSafeChildPath(
            ctx.workspacePath,
            ctx.input.sourcePath ?? '.',
          ),
          target,
          draft: join(options.folder, `.${name}.${ctx.task.id}`),
          message: `${ctx.input.message ?? 'Create the project'}\n\n${trailer}`,
        }));
      ctx.logger.info(`Repository ${target} at ${commitHash.slice(0, 7)}`);
      ctx.output('commitHash', commitHash);

      await options.events.publish({
        topic: publishedTopic,
        eventPayload: { name },
      });
      const credentials = await ctx.getInitiatorCredentials();
      await waitFor({
        until: () => options.catalog.getEntityByRef(entityRef, { credentials }),
        seconds: 60,
        signal: ctx.signal,
        otherwise: `The repository ${target} is published, but the catalog did not take up ${entityRef} within 60 s: see the backend's log for what is wrong with its catalog-info.yaml`,
      });
      ctx.logger.info(`The catalog knows ${entityRef}`);
    },
  });
}

async function readHead(target: string) {
  if (!(await fs.pathExists(target))) {
    return undefined;
  }
  const [head] = await git
    .log({ fs, dir: target, depth: 1 })
    .catch(() => [{ oid: '', commit: { message: '' } }]);
  return { oid: head.oid, message: head.commit.message };
}

/** Written beside its place and renamed at the end, so that a killed task leaves no half repository. */
async function commitAll(options: {
  source: string;
  target: string;
  draft: string;
  message: string;
}): Promise<string> {
  const { source, target, draft, message } = options;
  if (!(await fs.pathExists(source))) {
    throw new InputError(
      `There is nothing to publish: the workspace has no folder ${basename(
        source,
      )}`,
    );
  }
  await fs.remove(draft);
  await fs.copy(source, draft, { dereference: false });
  await git.init({ fs, dir: draft, defaultBranch: 'main' });
  await git.add({ fs, dir: draft, filepath: '.' });
  const oid = await git.commit({
    fs,
    dir: draft,
    message,
    author: { name: 'Backstage', email: 'backstage@localhost' },
  });
  await fs.move(draft, target);
  return oid;
}
