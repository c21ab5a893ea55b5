import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles the child to one file without its dependencies, so that it starts without compiling. */
export async function compileChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.cjs');
  await build({
    entryPoints: [join(__dirname, 'child.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    logLevel: 'warning',
    plugins: [
      {
        name: 'dependencies stay outside',
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
