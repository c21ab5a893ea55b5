import { join } from 'node:path';
import { build } from 'esbuild';
import { local, root } from '../paths.ts';

/**
 * Compiles a script that uses this repository's packages to JavaScript, as they are when they are
 * published: our own TypeScript is compiled, what they depend on is loaded from node_modules.
 *
 * @param source - below this folder
 * @returns the path of the script
 */
export async function compileOurs(source: string): Promise<string> {
  const outfile = join(
    local,
    'bench/bin',
    source.replace(/\W+/g, '-').replace(/-ts$/, '.cjs'),
  );
  await build({
    entryPoints: [join(root, 'packages/dev/src/bench', source)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'warning',
    plugins: [
      {
        name: 'dependencies stay where they are',
        setup({ onResolve }) {
          onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path.startsWith('@data-lake/')
              ? undefined
              : { path, external: true, sideEffects: false },
          );
        },
      },
    ],
  });
  return outfile;
}
