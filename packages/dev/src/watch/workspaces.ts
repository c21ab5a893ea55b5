import { glob, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { root } from '../paths.ts';

/** A package of this repository. */
export interface Workspace {
  /** Below the root, such as `plugins/data-lake-common`. */
  folder: string;
  name: string;
  /** Names of the packages of this repository that it depends on. */
  dependencies: string[];
  /** Files that other packages import it by, below the root. */
  entryPoints: string[];
}

/** Reads all packages of this repository. */
export async function readWorkspaces(): Promise<Workspace[]> {
  const { workspaces } = await readJson('package.json');
  const workspaceFolders: string[] = [];
  for (const pattern of workspaces as string[]) {
    const paths = glob(`${pattern}/package.json`, { cwd: root });
    for await (const path of paths) workspaceFolders.push(dirname(path));
  }
  return Promise.all(workspaceFolders.map(readWorkspace));
}

async function readWorkspace(folder: string): Promise<Workspace> {
  const json = await readJson(join(folder, 'package.json'));
  const dependencies = { ...json.dependencies, ...json.devDependencies };
  return {
    folder,
    name: json.name,
    dependencies: Object.keys(dependencies).filter(name =>
      dependencies[name].startsWith('workspace:'),
    ),
    entryPoints: [json.main, ...Object.values(json.exports ?? {})]
      .filter(path => /\.tsx?$/.test(String(path)))
      .map(path => join(folder, path)),
  };
}

async function readJson(path: string) {
  return JSON.parse(await readFile(join(root, path), 'utf8'));
}
