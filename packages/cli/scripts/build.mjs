/**
 * One file with all that it needs, so that the packed package runs where nothing else is installed:
 * `build.mjs [SCRIPT FOLDER]`. The benchmarks name scripts of theirs, which then start as the CLI does.
 */
import {
  chmod,
  readdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cyclonedxEsbuildPlugin } from '@cyclonedx/cyclonedx-esbuild';
import { build } from 'esbuild';
import { clientsAlone } from './clientsAlone.mjs';

const path = file => fileURLToPath(new URL(`../${file}`, import.meta.url));

const [script = path('src/main.ts'), folder = path('dist')] =
  process.argv.slice(2);

// Who copies the files meanwhile gets whole ones: they are written beside, and renamed in the end
const draft = join(folder, `.draft-${process.pid}`);
const { version } = JSON.parse(await readFile(path('package.json'), 'utf8'));

await build({
  absWorkingDir: path('.'),
  entryPoints: [script],
  outfile: join(draft, 'main.cjs'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // of modules only what is used is taken, and no package comes in both kinds
  mainFields: ['module', 'main'],
  define: { DATA_LAKE_VERSION: JSON.stringify(version) },
  // importing node:http loads all that it could offer, WebSockets too; requiring it does not
  supported: { 'dynamic-import': false },
  minify: true,
  keepNames: true,
  // Node.js warns of its own
  alias: { punycode: 'punycode/' },
  plugins: [
    clientsAlone,
    // What the file contains, since nothing is installed with it that could tell
    cyclonedxEsbuildPlugin({
      outputFile: join(draft, 'bom.json'),
      outputReproducible: true,
    }),
  ],
  legalComments: 'external',
  logLevel: 'warning',
});
// the second start need not compile again; what switches that on is not kept itself, so it is short
const bin = join(draft, 'data-lake.cjs');
await writeFile(
  bin,
  `#!/usr/bin/env node
// Node.js 20 has no compile cache
require('node:module').enableCompileCache?.();
require('./main.cjs');
`,
);
await chmod(bin, 0o755);
for (const file of await readdir(draft)) {
  await rename(join(draft, file), join(folder, file));
}
await rm(draft, { recursive: true });
