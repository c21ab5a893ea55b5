import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fs from 'fs-extra';

/** What tools leave behind; never part of a project. */
const leftOut = new Set([
  '.DS_Store',
  '.git',
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

const extension = '.njk';

/**
 * Copies the skeleton: plain files to one folder, templates, without their ending, to another. A
 * file that has a template of its name beside it stands for it in the unrendered project, and is
 * left out.
 */
export async function copySkeleton(options: {
  source: string;
  target: string;
  templates: string;
}): Promise<{ files: number; templates: number }> {
  const { source, target, templates } = options;
  const paths = await listFiles(source, '');
  const all = new Set(paths);
  const isTemplate = (path: string) => path.endsWith(extension);
  const plain = paths.filter(
    path => !isTemplate(path) && !all.has(path + extension),
  );
  const rendered = paths.filter(isTemplate);
  for (const path of plain) await copy(join(source, path), join(target, path));
  for (const path of rendered) {
    const name = path.slice(0, -extension.length);
    await copy(join(source, path), join(templates, name));
  }
  return { files: plain.length, templates: rendered.length };
}

async function listFiles(root: string, below: string): Promise<string[]> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  const lists = await Promise.all(
    entries
      .filter(({ name }) => !leftOut.has(name) && !name.endsWith('.pyc'))
      .map(async entry => {
        const path = join(below, entry.name);
        if (entry.isDirectory()) return listFiles(root, path);
        return entry.isFile() ? [path] : [];
      }),
  );
  return lists.flat();
}

async function copy(from: string, to: string): Promise<void> {
  await fs.ensureDir(dirname(to));
  await fs.copyFile(from, to);
}
