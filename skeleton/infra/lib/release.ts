import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Project } from './project.ts';

/**
 * Builds a release in the folder `target`, with the paths of the code bucket: copies files, and zips archives
 * (with `zip`, which CI images and macOS have).
 */
export function buildRelease(project: Project, root: string, target: string) {
  for (const file of project.release.files.flatMap((pattern) => filesOf(root, pattern))) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(root, file), join(target, file));
  }
  for (const folder of project.release.archives) {
    const archive = resolve(target, `${folder}.zip`);
    mkdirSync(dirname(archive), { recursive: true });
    // A package keeps its name inside the zip, so that jobs can import it.
    const isPackage = existsSync(join(root, folder, '__init__.py'));
    const [from, what] = isPackage ? [dirname(folder), basename(folder)] : [folder, '.'];
    execFileSync('zip', ['-q', '-X', '-r', archive, what, '-x', '*__pycache__*', '*.md'], {
      cwd: join(root, from),
    });
  }
}

/** Lists the files that match a pattern such as `jobs/*.py`; `*` matches any part of a file's name. */
function filesOf(root: string, pattern: string): string[] {
  const folder = dirname(pattern);
  const [before, after] = basename(pattern).split('*');
  if (after === undefined) return [pattern];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.startsWith(before!) && entry.name.endsWith(after))
    .map((entry) => join(folder, entry.name));
}
