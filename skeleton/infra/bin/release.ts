/** `release.ts <folder>`: builds a release for the code bucket in the folder. */
import { fileURLToPath } from 'node:url';
import { readProject } from '../lib/project.ts';
import { buildRelease } from '../lib/release.ts';

const [target] = process.argv.slice(2);
if (target) buildRelease(readProject(), fileURLToPath(new URL('../../', import.meta.url)), target);
else {
  console.error('Usage: npm run -s release -- <folder>');
  process.exitCode = 2;
}
