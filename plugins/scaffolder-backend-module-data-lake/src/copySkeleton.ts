import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fs from 'fs-extra';

/**
 * Copies the skeleton, without files of tools. A file with a template (`.njk`) of its name beside it is a
 * rendered example for those who work on the skeleton, and is left out too. Names that start with `dot_` are
 * those of a package, which cannot have all that start with a dot (scripts/copy-skeleton.js).
 *
 * @returns the number of files copied
 */
export async function copySkeleton(options: {
  source: string;
  target: string;
}): Promise<number> {
  const { source, target } = options;
  const paths = await listFiles(source, '');
  const all = new Set(paths);
  const wanted = paths.filter(path => !all.has(`${path}.njk`));
  for (const path of wanted) {
    const copy = join(target, path.replace(/(^|[/\\])dot_/g, '$1.'));
    await fs.ensureDir(dirname(copy));
    // the copy keeps the mode, which a script needs
    await fs.copyFile(join(source, path), copy);
  }
  return wanted.length;
}

async function listFiles(root: string, below: string): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  const lists = await Promise.all(
    entries
      .filter(({ name }) => !toolFiles.has(name) && !name.endsWith('.pyc'))
      .map(async entry => {
        const path = join(below, entry.name);
        if (entry.isDirectory()) return listFiles(root, path);
        return entry.isFile() ? [path] : [];
      }),
  );
  return lists.flat();
}

/** Files of tools, which are never part of a project. */
const toolFiles = new Set([
  '.DS_Store',
  '.git',
  '.local',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.venv',
  '__pycache__',
  'cdk.out',
  'coverage',
  'node_modules',
  'spark-warehouse',
]);
