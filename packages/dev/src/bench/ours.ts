import { join } from 'node:path';
import { local, root } from '../paths.ts';
import { run } from '../processes.ts';

/**
 * Makes one file of a script that uses this repository's engine, as it is made of the CLI that the CI of
 * generated projects runs.
 *
 * @param source - below this folder
 * @returns the path of what Node.js runs
 */
export async function compileOurs(source: string): Promise<string> {
  const folder = join(local, 'bench/bin', source.replace(/\W+/g, '-'));
  await run({
    name: `building ${source}`,
    command: process.execPath,
    args: [
      join(root, 'packages/cli/scripts/build.mjs'),
      join(root, 'packages/dev/src/bench', source),
      folder,
    ],
  });
  return join(folder, 'data-lake.cjs');
}
