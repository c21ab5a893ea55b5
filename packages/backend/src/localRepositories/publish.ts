import { basename, join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  DEFAULT_NAMESPACE,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { ConflictError, InputError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { EventsService } from '@backstage/plugin-events-node';
import {
  createTemplateAction,
  TemplateActionOptions,
} from '@backstage/plugin-scaffolder-node';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { awaitEntity } from './awaitEntity';
import { publishedTopic } from './repositories';

/**
 * Creates `publish:local`, which publishes the workspace as a Git repository in a folder of this machine,
 * with one commit, and its entities in the catalog: `publish:github` for a machine without a Git host.
 */
export function createPublishLocalAction(options: {
  /** Absolute folder of the repositories. */
  folder: string;
  catalog: CatalogService;
  events: EventsService;
}) {
  const { folder, catalog, events } = options;
  return createTemplateAction({
    id: 'publish:local',
    description:
      'Publishes the workspace as a Git repository in the folder of local repositories, and waits until the catalog has read its entity.',
    supportsDryRun: true,
    schema: { input, output },
    async handler(ctx) {
      const { name } = ctx.input;
      const entityRef = toEntityRef(ctx.input.entityRef);
      const target = resolveSafeChildPath(folder, name);
      ctx.output('remoteUrl', `file://${target}`);
      ctx.output('entityRef', entityRef);
      if (ctx.isDryRun) {
        ctx.logger.info(`Would publish the repository ${target}`);
        ctx.output('commitHash', '0'.repeat(40));
        return;
      }
      const commitHash = await publish(ctx, folder, target);
      ctx.logger.info(`Repository ${target} at ${commitHash.slice(0, 7)}`);
      ctx.output('commitHash', commitHash);
      await events.publish({ topic: publishedTopic, eventPayload: { name } });
      await awaitEntity(catalog, ctx, {
        entityRef,
        until: Boolean,
        done: `The repository ${target} is published`,
      });
      ctx.logger.info(`The catalog has read ${entityRef}`);
    },
  });
}

type Z = Parameters<
  NonNullable<NonNullable<TemplateActionOptions['schema']>['input']>[string]
>[0];

const input = {
  name: (z: Z) =>
    z
      .string()
      .regex(
        /^[a-z][a-z0-9-]*$/,
        'lower-case letters, digits and dashes, starting with a letter',
      )
      .describe('Name of the repository and its folder'),
  sourcePath: (z: Z) =>
    z
      .string()
      .optional()
      .describe('Folder of the workspace to publish; default the whole'),
  entityRef: (z: Z) =>
    z.string().describe('Entity of the repository, which is waited for'),
  message: (z: Z) =>
    z.string().optional().describe('Message of the first commit'),
};

const output = {
  remoteUrl: (z: Z) => z.string().describe('file: URL of the repository'),
  entityRef: (z: Z) => z.string().describe('Entity ref in its normal form'),
  commitHash: (z: Z) => z.string().describe('Its first commit'),
};

const toEntityRef = (text: string) =>
  stringifyEntityRef(
    parseEntityRef(text, {
      defaultKind: 'component',
      defaultNamespace: DEFAULT_NAMESPACE,
    }),
  );

/** Commits the workspace, unless an earlier try of the task did. @returns the commit */
async function publish(
  ctx: {
    input: { name: string; sourcePath?: string; message?: string };
    task: { id: string };
    workspacePath: string;
  },
  folder: string,
  target: string,
): Promise<string> {
  const { name, sourcePath = '.', message = 'Create the project' } = ctx.input;
  const trailer = `Backstage-Task: ${ctx.task.id}`;
  const published = await readHead(target);
  if (published && !published.message.includes(trailer)) {
    throw new ConflictError(
      `The repository ${name} exists already (${target}), created by another task: choose another name, or remove that folder`,
    );
  }
  if (published) return published.oid;
  return commitAll({
    source: resolveSafeChildPath(ctx.workspacePath, sourcePath),
    target,
    draft: join(folder, `.${name}.${ctx.task.id}`),
    message: `${message}\n\n${trailer}`,
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

/** Writes a draft and renames it at the end, so that a killed task leaves no half repository. */
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
