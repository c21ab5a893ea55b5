import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sayDone, say, seconds } from './output.ts';
import { environments, root } from './paths.ts';
import { run } from './processes.ts';

/** Where TechDocs finds mkdocs. */
export const docsFolder = join(environments, 'docs');

const lock = join(root, 'packages/dev/requirements/docs.lock');

/**
 * Makes the Python environment with mkdocs, from locked, hashed requirements. Everything but the pages
 * of TechDocs works without it, so a failure is told and stops nothing.
 */
export async function installDocs(): Promise<void> {
  const stamp = join(docsFolder, '.installed-from');
  const wanted = createHash('sha256')
    .update(await readFile(lock))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) {
    return;
  }
  const start = Date.now();
  say('TechDocs: installing mkdocs');
  try {
    await rm(docsFolder, { recursive: true, force: true });
    await run({
      name: 'docs venv',
      command: 'python3',
      args: ['-m', 'venv', docsFolder],
    });
    await run({
      name: 'docs install',
      command: join(docsFolder, 'bin/pip'),
      args: ['install', '--quiet', '--require-hashes', '-r', lock],
    });
    await writeFile(stamp, wanted);
    sayDone(`TechDocs: mkdocs installed in ${seconds(start)}`);
  } catch (error) {
    console.error(
      `TechDocs will not show pages: mkdocs could not be installed. ${
        (error as Error).message
      }`,
    );
  }
}
