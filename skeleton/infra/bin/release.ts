/** `release.ts <folder>`: lays out in the folder what a release in the code bucket holds. */
import { fileURLToPath } from 'node:url';
import { readProject } from '../lib/project.ts';
import { buildRelease } from '../lib/release.ts';

const [target] = process.argv.slice(2);
if (target) buildRelease(readProject(), fileURLToPath(new URL('../../', import.meta.url)), target);
else {
  console.error('Usage: npm run -s release -- <folder>');
  process.exitCode = 2;
}
