import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { local, yarn } from '../paths.ts';
import { run } from '../processes.ts';
import type { PackageJson, PublishedPackage } from './published.ts';

/** A package as npm would serve it. */
export interface PackedPackage {
  json: PackageJson;
  /** Contents by path from the package's root. */
  files: Map<string, Uint8Array>;
}

/**
 * Builds the packages and packs them into `.local/packages`. The declarations must be in `dist-types`
 * already (`tsc`).
 *
 * @throws UserError with the end of the build's log
 */
export async function packPackages(
  packages: readonly PublishedPackage[],
): Promise<PackedPackage[]> {
  await rm(workspace, { recursive: true, force: true });
  await mkdir(workspace, { recursive: true });
  await run(backstageCli('packages build', 'repo', 'build'));
  const names = packages.map(({ json }) => json.name);
  await run(
    backstageCli('packages pack', 'build-workspace', workspace, ...names),
  );
  return Promise.all(
    packages.map(({ folder }) => readPacked(join(workspace, folder))),
  );
}

const workspace = join(local, 'packages');

function backstageCli(name: string, ...args: string[]) {
  return {
    name,
    command: process.execPath,
    args: [yarn, 'backstage-cli', ...args],
  };
}

async function readPacked(folder: string): Promise<PackedPackage> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const files = new Map<string, Uint8Array>();
  for (const entry of entries.filter(one => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files.set(relative(folder, path), await readFile(path));
  }
  const json = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return { json, files };
}
