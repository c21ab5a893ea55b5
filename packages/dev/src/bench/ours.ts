import { join } from 'node:path';
import { build } from 'esbuild';
import { local, root } from '../paths.ts';

/**
 * Compiles a script that uses this repository's packages to JavaScript, as they are when they are
 * published: our own TypeScript is compiled, what it depends on is loaded from node_modules, and only
 * what is used. As in packages/cli, Node.js keeps what it has compiled for the next start.
 *
 * @param source - below this folder
 * @returns the path of the script
 */
export async function compileOurs(source: string): Promise<string> {
  const name = source.replace(/\W+/g, '-').replace(/-ts$/, '.cjs');
  const outfile = join(local, 'bench/bin', name);
  await build({
    entryPoints: [join(root, 'packages/dev/src/bench', source)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    banner: { js: 'require("node:module").enableCompileCache();' },
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
