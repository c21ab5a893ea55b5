import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { codeHostTypes } from '@data-lake/plugin-data-lake-common';
import fs from 'fs-extra';

/** What a project has for the CI of each type of host. */
const files = {
  azure: ['azure-pipelines.yml', 'ci'],
  bitbucketCloud: ['bitbucket-pipelines.yml', 'ci'],
  gitea: ['.gitea', 'ci'],
  github: ['.github'],
  gitlab: ['.gitlab-ci.yml'],
} satisfies Record<(typeof codeHostTypes)[number], string[]>;

/**
 * Removes the CI of all other types of hosts from a project: Gitea, for one, would run GitHub's.
 *
 * @param type - of an integration; another one, or none, keeps all
 * @returns the number of files removed
 */
export async function keepCiOf(
  type: string | undefined,
  project: string,
): Promise<number> {
  const kept = codeHostTypes.find(each => each === type);
  if (!kept) return 0;
  const there = await readdir(project);
  const others = new Set(Object.values(files).flat());
  files[kept].forEach(file => others.delete(file));
  let removed = 0;
  for (const file of there.filter(each => others.has(each))) {
    removed += await countFiles(join(project, file));
    await fs.remove(join(project, file));
  }
  return removed;
}

async function countFiles(path: string): Promise<number> {
  if ((await fs.stat(path)).isFile()) return 1;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).length;
}
