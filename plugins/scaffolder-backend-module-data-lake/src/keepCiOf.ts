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
 */
export async function keepCiOf(
  type: string | undefined,
  project: string,
): Promise<void> {
  const kept = codeHostTypes.find(each => each === type);
  if (!kept) return;
  const there = await readdir(project);
  const others = new Set(Object.values(files).flat());
  files[kept].forEach(file => others.delete(file));
  for (const file of there.filter(each => others.has(each))) {
    await fs.remove(join(project, file));
  }
}
