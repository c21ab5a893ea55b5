import { basename, dirname, join } from 'node:path';
import { ConflictError, InputError } from '@backstage/errors';
import fs from 'fs-extra';
import git from 'isomorphic-git';

/**
 * Commits a folder as a new Git repository, unless an earlier try of the task did. Of tasks that publish at the same
 * time, one does. A cancelled task publishes nothing.
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
  signal?: AbortSignal;
}): Promise<string> {
  const { target, task, message } = options;
  const trailer = `Backstage-Task: ${task}`;
  const draft = join(dirname(target), `.${basename(target)}.${task}`);
  for (;;) {
    const published = await readHead(target);
    if (published && !published.message.includes(trailer)) {
      throw new ConflictError(
        `The repository ${basename(
          target,
        )} exists already (${target}), created by another task: choose another name, or remove that folder`,
      );
    }
    if (published) return published.oid;
    const oid = await commitAll({
      ...options,
      draft,
      message: `${message}\n\n${trailer}`,
    });
    if (oid) return oid;
  }
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

/**
 * Writes a draft and renames it at the end, so that a killed task leaves no half repository.
 *
 * @returns its commit; undefined if another task was first
 */
async function commitAll(options: {
  source: string;
  target: string;
  draft: string;
  message: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { source, target, draft, message, signal } = options;
  if (!(await fs.pathExists(source))) {
    throw new InputError(
      `There is nothing to publish: the workspace has no folder ${basename(
        source,
      )}`,
    );
  }
  await fs.remove(draft);
  try {
    await fs.copy(source, draft, { dereference: false });
    await git.init({ fs, dir: draft, defaultBranch: 'main' });
    await git.add({ fs, dir: draft, filepath: '.' });
    const oid = await git.commit({
      fs,
      dir: draft,
      message,
      author: { name: 'Backstage', email: 'backstage@localhost' },
    });
    signal?.throwIfAborted();
    return (await moveFirst(draft, target)) ? oid : undefined;
  } finally {
    await fs.remove(draft);
  }
}

/** Moves a folder to a place where none is. @returns false if another one came first */
async function moveFirst(from: string, to: string): Promise<boolean> {
  try {
    // refused by the file system itself if `to` has files
    await fs.rename(from, to);
    return true;
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (['ENOTEMPTY', 'EEXIST'].includes(code)) return false;
    throw error;
  }
}
