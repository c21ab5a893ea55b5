import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say, sayDone, seconds } from './output.ts';
import { environments, root } from './paths.ts';
import { run } from './processes.ts';

/**
 * Makes a Python environment from the locked, hashed requirements `packages/dev/requirements/<name>.lock`,
 * unless it exists.
 *
 * @returns its `bin` folder
 * @throws UserError with the end of the installer's output
 */
export async function installPythonEnvironment(name: string): Promise<string> {
  const folder = join(environments, name);
  const bin = join(folder, 'bin');
  const lock = join(root, 'packages/dev/requirements', `${name}.lock`);
  const stamp = join(folder, '.installed-from');
  const wanted = createHash('sha256')
    .update(await readFile(lock))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) {
    return bin;
  }
  const start = Date.now();
  say(`Installing ${name}`);
  await rm(folder, { recursive: true, force: true });
  await run({
    name: `${name} venv`,
    command: 'python3',
    args: ['-m', 'venv', folder],
  });
  await run({
    name: `${name} install`,
    command: join(bin, 'pip'),
    args: ['install', '--quiet', '--require-hashes', '-r', lock],
  });
  await writeFile(stamp, wanted);
  sayDone(`${name} installed in ${seconds(start)}`);
  return bin;
}
