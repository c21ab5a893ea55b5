import { basename, dirname, join } from 'node:path';
import { ConflictError, InputError } from '@backstage/errors';
import fs from 'fs-extra';
import git from 'isomorphic-git';

/**
 * Commits a folder as a new Git repository, unless an earlier try of the task did.
 *
 * @param options - `target`: absolute folder of the repository; `task`: id of the task
 * @returns its commit
 * @throws ConflictError if the repository is another task's
 */
export async function publishFolder(options: {
  source: string;
  target: string;
  task: string;
  message: string;
}): Promise<string> {
  const { source, target, task, message } = options;
  const trailer = `Backstage-Task: ${task}`;
  const published = await readHead(target);
  if (published && !published.message.includes(trailer)) {
    throw new ConflictError(
      `The repository ${basename(
        target,
      )} exists already (${target}), created by another task: choose another name, or remove that folder`,
    );
  }
  if (published) return published.oid;
  return commitAll({
    source,
    target,
    draft: join(dirname(target), `.${basename(target)}.${task}`),
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
