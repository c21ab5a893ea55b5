import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One package that is published to npm. */
export interface PublishedPackage {
  /** `packages/cli`, from the root of the repository. */
  folder: string;
  json: PackageJson;
}

/** What is read here of a package.json. */
export interface PackageJson {
  name: string;
  private?: boolean;
  [field: string]: unknown;
}

/**
 * Lists the packages that are published, by folder: those of `packages` and `plugins` that are not private.
 *
 * @param root - of the repository
 */
export async function listPublishedPackages(
  root: string,
): Promise<PublishedPackage[]> {
  const folders = await Promise.all(
    ['packages', 'plugins'].map(parent => listFolders(root, parent)),
  );
  const packages = await Promise.all(
    folders.flat().map(folder => readPackage(root, folder)),
  );
  return packages.filter(
    (found): found is PublishedPackage => !!found && !found.json.private,
  );
}

async function listFolders(root: string, parent: string): Promise<string[]> {
  const names = await readdir(join(root, parent));
  return names.sort().map(name => `${parent}/${name}`);
}

/** Reads a package.json; packages/local-aws, which is Python, has none. */
async function readPackage(
  root: string,
  folder: string,
): Promise<PublishedPackage | undefined> {
  const path = join(root, folder, 'package.json');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text ? { folder, json: JSON.parse(text) } : undefined;
}
