import { ConflictError, InputError } from '@backstage/errors';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Converts the URL of a local repository to its folder.
 *
 * @throws InputError for any other
 */
export function toRepository(url: string, folder: string): string {
  const path = url.startsWith('file:') ? resolve(fileURLToPath(url)) : '';
  if (dirname(path) === folder) return path;
  throw new InputError(`${url} is not a repository in ${folder}`);
}

/**
 * Commits the files that differ on the main branch; a second try finds the commit of the first one.
 *
 * @returns the newest commit
 * @throws ConflictError if a file has uncommitted edits
 */
export async function commitFiles(options: {
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
