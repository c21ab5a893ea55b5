/** One file with all that it needs, so that the packed package runs where nothing else is installed. */
import { chmod, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const path = file => fileURLToPath(new URL(`../${file}`, import.meta.url));

await rm(path('dist'), { recursive: true, force: true });
await build({
  entryPoints: [path('src/main.ts')],
  outfile: path('dist/main.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  keepNames: true,
  // Node.js warns of its own
  alias: { punycode: 'punycode/' },
  legalComments: 'external',
  logLevel: 'warning',
});
// the second start need not compile again; what switches that on is not kept itself, so it is short
await writeFile(
  path('dist/data-lake.cjs'),
  `#!/usr/bin/env node
require('node:module').enableCompileCache();
require('./main.cjs');
`,
);
await chmod(path('dist/data-lake.cjs'), 0o755);
