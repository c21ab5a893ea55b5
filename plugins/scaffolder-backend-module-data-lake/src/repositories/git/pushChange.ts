import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import http from 'isomorphic-git/http/node';
import { Remote, toAuth } from './remote';

/**
 * Pushes changed files as one commit on a branch, made anew from the repository's default branch, so that an
 * earlier try leaves nothing behind.
 *
 * @param options - `clone`: an empty folder; `folder`: the changed files
 * @returns the default branch, and whether anything differs from it
 */
export async function pushChange(
  remote: Remote,
  options: {
    clone: string;
    folder: string;
    branch: string;
    message: string;
    author: { name: string; email: string };
  },
): Promise<{ target: string; isChanged: boolean }> {
  const { clone: dir, folder, branch, message, author } = options;
  const shared = { fs, dir, http, ...toAuth(remote) };
  await git.clone({ ...shared, url: remote.url, depth: 1, singleBranch: true });
  const target = await git.currentBranch({ fs, dir });
  if (!target) throw new Error(`${remote.url} has no default branch`);
  await git.branch({ fs, dir, ref: branch, checkout: true });
  const differing: string[] = [];
  for (const path of await listFiles(folder)) {
    await fs.copy(join(folder, path), join(dir, path));
    const status = await git.status({ fs, dir, filepath: path });
    if (status === 'unmodified') continue;
    differing.push(path);
    await git.add({ fs, dir, filepath: path, force: true });
  }
  if (differing.length === 0) return { target, isChanged: false };
  await git.commit({ fs, dir, message, author });
  await git.push({
    ...shared,
    url: remote.url,
    ref: branch,
    remoteRef: `refs/heads/${branch}`,
    force: true,
  });
  return { target, isChanged: true };
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
