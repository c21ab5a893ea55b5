import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';

/**
 * Checks that no part of a path below a folder is a symbolic link, which may point out of the folder. A
 * part that does not exist is not a link.
 *
 * @throws InputError that names the link
 *
 * @public
 */
export async function assertNoLinks(
  source: string,
  path: string,
): Promise<void> {
  const parts = path.split('/').filter(part => part !== '' && part !== '.');
  for (let length = 1; length <= parts.length; length++) {
    const part = parts.slice(0, length).join('/');
    const stats = await lstat(join(source, part)).catch(() => undefined);
    if (stats?.isSymbolicLink()) {
      throw new InputError(
        `${part} is a symbolic link; only files and folders are read`,
      );
    }
  }
}
