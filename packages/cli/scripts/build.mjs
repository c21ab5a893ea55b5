/** One file with all that it needs, so that the packed package runs where nothing else is installed. */
import { chmod, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = file => fileURLToPath(new URL(`../${file}`, import.meta.url));

await rm(path('dist'), { recursive: true, force: true });
await build({
  entryPoints: [path('src/main.ts')],
  outfile: path('dist/data-lake.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  keepNames: true,
  // Node.js warns of its own
  alias: { punycode: 'punycode/' },
  legalComments: 'external',
  // the second start need not compile again
  banner: {
    js: '#!/usr/bin/env node\nrequire("node:module").enableCompileCache();',
  },
  logLevel: 'warning',
});
await chmod(path('dist/data-lake.cjs'), 0o755);
