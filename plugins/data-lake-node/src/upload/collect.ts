import { posix } from 'node:path';
import { InputError } from '@backstage/errors';
import { archiveFolder } from './archive';
import {
  assertPathBelow,
  listFolder,
  matchFiles,
  readBytes,
  sha256,
} from './files';
import { UploadFile } from './plan';

/**
 * Reads what is to be uploaded.
 *
 * @throws InputError for a pattern that matches nothing, a symbolic link, a path out of the source
 * @public
 */
export async function collectFiles(options: {
  /** Absolute path of the folder that paths and patterns begin at. */
  source: string;
  /** Glob patterns of files uploaded as they are. */
  files: readonly string[];
  /** Folders uploaded as `<folder>.zip`. */
  archives?: readonly string[];
  /** A folder that is left out of the keys: `dags` makes `dags/movielens.py` `movielens.py`. */
  strip?: string;
}): Promise<UploadFile[]> {
  const { source, files, archives = [], strip } = options;
  [...files, ...archives, ...(strip ? [strip] : [])].forEach(assertPathBelow);
  const collected = new Map<string, UploadFile>();
  const add = (path: string, bytes: Buffer) => {
    const key = stripped(path, strip);
    if (collected.has(key)) {
      throw new InputError(`Two files would be uploaded as ${key}`);
    }
    collected.set(key, { path: key, sha256: sha256(bytes), bytes });
  };
  for (const path of await matching(source, files)) {
    add(path, await readBytes(source, path));
  }
  for (const folder of archives) {
    const clean = folder.replace(/\/+$/, '');
    add(`${clean}.zip`, await archiveFolder(source, clean));
  }
  return [...collected.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function matching(
  source: string,
  patterns: readonly string[],
): Promise<string[]> {
  const found = new Set<string>();
  const listing = await listFolder(source);
  for (const pattern of patterns) {
    const paths = matchFiles(listing, pattern);
    if (paths.length === 0) {
      throw new InputError(`No file matches '${pattern}'`);
    }
    paths.forEach(path => found.add(path));
  }
  return [...found];
}

function stripped(path: string, strip: string | undefined): string {
  if (!strip) return path;
  const folder = `${posix.normalize(strip).replace(/\/+$/, '')}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}
