import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { logPath } from '../processes.ts';
import { lintPackage } from './lint.ts';
import { findMetadataFaults } from './metadata.ts';
import { packPackages } from './pack.ts';
import { listPublishedPackages } from './published.ts';

/**
 * Checks each published package as npm would serve it: its metadata, its files (publint) and its types
 * (Are The Types Wrong).
 *
 * @returns 0, or 1 with the problems in the log `packages`
 * @throws UserError if a package cannot be built
 */
export async function checkPackages(): Promise<number> {
  const problems = await listProblems();
  await writeFile(logPath('packages'), problems.join('\n'));
  return problems.length === 0 ? 0 : 1;
}

async function listProblems(): Promise<string[]> {
  const published = await listPublishedPackages(root);
  const problems: string[] = [];
  for (const one of published) {
    const files = await readdir(join(root, one.folder));
    problems.push(...findMetadataFaults(one, files));
  }
  for (const packed of await packPackages(published)) {
    problems.push(...(await lintPackage(packed)));
  }
  return problems;
}
