import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { execFile } from 'node:child_process';
import { localEnvironment } from '../../environment.ts';
import { say } from '../../output.ts';
import { root } from '../../paths.ts';
import { run } from '../../processes.ts';
import { forTemplating, runJest } from '../jest.ts';
import type { Part } from '../part.ts';

/** Repositories at a real Gitea, built from Go's module proxy. */
export const gitea: Part = {
  cores: 2,
  install: buildGitea,
  async run() {
    return runJest('gitea', {
      ...localEnvironment(),
      ...forTemplating,
      GITEA: await buildGitea(),
      GITEA_SOURCE: await findSource(),
    });
  },
};

const requirements = join(root, 'packages/dev/requirements/gitea');
const source = 'code.gitea.io/gitea';

/**
 * Builds Gitea, once for each version: some minutes of two cores.
 *
 * @returns the path of the program
 * @throws UserError without Go (https://go.dev/dl) or a C compiler
 */
async function buildGitea(): Promise<string> {
  const sums = await readFile(join(requirements, 'go.sum'));
  const version = createHash('sha256').update(sums).digest('hex').slice(0, 12);
  const path = join(root, '.tools', `gitea-${version}`);
  if (existsSync(path)) return path;
  say('Building Gitea (some minutes the first time)');
  const tags = 'sqlite sqlite_unlock_notify';
  await run({
    name: 'gitea build',
    command: 'go',
    args: ['build', '-tags', tags, '-o', path, source],
    cwd: requirements,
  });
  return path;
}

/** Finds the folder of its templates and translations, which the program reads. */
async function findSource(): Promise<string> {
  const { stdout } = await promisify(execFile)(
    'go',
    ['list', '-m', '-f', '{{.Dir}}', source],
    { cwd: requirements },
  );
  return stdout.trim();
}
