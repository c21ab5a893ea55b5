import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import fs from 'fs-extra';

/**
 * Writes the command line `data-lake` into a folder of the project, with the SHA-256 of each file: CI deploys
 * with this copy, which is of the same version as the skeleton, and fetches none by name.
 *
 * @returns the number of files written
 */
export async function writeCli(options: {
  target: string;
  /** Folder of the package; default the installed one. */
  source?: string;
}): Promise<number> {
  const { target, source = resolvePackagePath('@data-lake/cli') } = options;
  await fs.ensureDir(target);
  const sums: string[] = [];
  for (const path of paths) {
    const content = await read(join(source, path));
    const name = path.replace('dist/', '');
    await fs.writeFile(join(target, name), content);
    sums.push(`${createHash('sha256').update(content).digest('hex')}  ${name}`);
  }
  await fs.writeFile(join(target, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  return paths.length + 1;
}

/** The licence, and the file of third parties' licences, belong to each copy. */
const paths = [
  'LICENSE',
  'dist/data-lake.cjs',
  'dist/main.cjs',
  'dist/main.cjs.LEGAL.txt',
];

async function read(path: string): Promise<Buffer> {
  try {
    return await fs.readFile(path);
  } catch (error) {
    throw new NotFoundError(
      `There is no ${path}, which the CI of a project runs. Install @data-lake/cli again; in its repository, build it by ./dev yarn workspace @data-lake/cli build`,
      error,
    );
  }
}
