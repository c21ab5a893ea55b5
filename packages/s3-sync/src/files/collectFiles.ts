import { join, posix } from 'node:path';
import { InputError } from '@backstage/errors';
import { archiveFolder } from './archive';
import { assertPathBelow, listFolder, matchFiles } from './listFolder';
import { toUploadFile, UploadFile } from './uploadFile';
import { assertKeyName } from '../manifest/keyName';

/**
 * Finds and hashes the files to upload.
 *
 * Files that tools leave behind are ignored: `.git`, `.venv`, `node_modules`, `cdk.out`, `__pycache__`,
 * `*.pyc`, `.DS_Store` and the caches of mypy, pytest and ruff.
 *
 * @throws InputError for a pattern that matches nothing, a symbolic link, a path out of the source, or a
 * name that cannot be a key
 * @public
 */
export async function collectFiles(options: {
  /** Absolute path of the folder that paths and patterns are relative to. */
  source: string;
  /** Glob patterns of files to upload as they are. */
  files: readonly string[];
  /** Folders to upload as `<folder>.zip`. */
  archives?: readonly string[];
  /** A folder to leave out of the keys: `dags` turns `dags/data_lake.py` into `data_lake.py`. */
  strip?: string;
  /** Glob patterns of more files and folders to ignore. */
  ignore?: readonly string[];
}): Promise<UploadFile[]> {
  const { source, files, archives = [], strip, ignore = [] } = options;
  [...files, ...archives, ...(strip ? [strip] : [])].forEach(assertPathBelow);
  const contents = new Map<string, () => Promise<UploadFile['content']>>();
  const add = (path: string, read: () => Promise<UploadFile['content']>) => {
    const key = toKey(path, strip);
    assertKeyName(key);
    if (contents.has(key)) {
      throw new InputError(
        `Two files would be uploaded as ${JSON.stringify(key)}`,
      );
    }
    contents.set(key, read);
  };
  for (const path of await findMatches({ source, files, ignore })) {
    add(path, async () => ({ file: join(source, path) }));
  }
  for (const folder of archives) {
    const clean = folder.replace(/\/+$/, '');
    add(`${clean}.zip`, async () => ({
      bytes: await archiveFolder(source, clean),
    }));
  }
  const collected: UploadFile[] = [];
  for (const [path, read] of contents) {
    collected.push(await toUploadFile(path, await read()));
  }
  return collected.sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function findMatches(options: {
  source: string;
  files: readonly string[];
  ignore: readonly string[];
}): Promise<Set<string>> {
  const { source, files, ignore } = options;
  const found = new Set<string>();
  if (files.length === 0) return found;
  const listing = await listFolder(source, ignore);
  for (const pattern of files) {
    const paths = matchFiles(listing, pattern);
    if (paths.length === 0) {
      throw new InputError(`No file matches '${pattern}'`);
    }
    paths.forEach(path => found.add(path));
  }
  return found;
}

function toKey(path: string, strip: string | undefined): string {
  if (!strip) return path;
  const folder = `${posix.normalize(strip).replace(/\/+$/, '')}/`;
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}
