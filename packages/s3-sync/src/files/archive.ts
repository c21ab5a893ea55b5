import { join, posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { InputError } from '@backstage/errors';
import { ZipFile } from 'yazl';
import { assertNoLinks } from './assertNoLinks';
import { listFolder, matchFiles } from './listFolder';
import { PlainFile } from './plainFile';

/** In bytes, unzipped: the limit of a Lambda package. An archive is made in memory. */
const maxBytes = 250 * 1024 * 1024;

/**
 * Archives a folder as a zip whose bytes depend on the paths and contents of its files alone: without
 * compression (zlib differs between machines), with one time and one mode for all files.
 *
 * A Python package (with an `__init__.py`) keeps its name inside the zip, as imports need it; the files
 * of any other folder are at the root of the zip, as Lambda needs them.
 *
 * @throws InputError for an empty folder, a symbolic link, or more than 250 MiB
 */
export async function archiveFolder(
  source: string,
  folder: string,
): Promise<Buffer> {
  await assertNoLinks(source, folder);
  const root = join(source, folder);
  const paths = matchFiles(await listFolder(root), '**');
  if (paths.length === 0) {
    throw new InputError(`Folder ${folder} has no files to archive`);
  }
  const inside = paths.includes('__init__.py') ? posix.basename(folder) : '';
  const zip = new ZipFile();
  let room = maxBytes;
  for (const path of paths) {
    const bytes = readUpTo(room, join(root, path), path);
    if (!bytes) {
      throw new InputError(
        `Folder ${folder} has more than ${maxBytes} bytes, the limit of an archive`,
      );
    }
    room -= bytes.length;
    zip.addBuffer(bytes, posix.join(inside, path), {
      mtime: epoch,
      mode: 0o100644,
      compress: false,
      // the other kind of time stamp depends on the machine's time zone
      forceDosTimestamp: true,
    } as ZipOptions);
  }
  zip.end();
  return buffer(zip.outputStream);
}

/** Reads a file; undefined if it has more than `most` bytes. */
function readUpTo(
  most: number,
  file: string,
  path: string,
): Buffer | undefined {
  const open = PlainFile.open(file, path);
  try {
    return open.size > most
      ? undefined
      : open.read(Buffer.allocUnsafe(open.size), 0);
  } finally {
    open.close();
  }
}

/** The first time that a zip can hold, in local time as in zips. */
const epoch = new Date(1980, 0, 1);

type ZipOptions = Parameters<ZipFile['addBuffer']>[2];
