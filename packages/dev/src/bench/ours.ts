import { join } from 'node:path';
import { local, root } from '../paths.ts';
import { run } from '../processes.ts';

/**
 * Compiles a script that uses this repository's engine into one file, as the CLI that the CI of generated
 * projects runs is compiled.
 *
 * @param source - path below this folder
 * @returns the path of the compiled script
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
