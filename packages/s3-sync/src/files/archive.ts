import { join, posix } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { InputError } from '@backstage/errors';
import { ZipFile } from 'yazl';
import { assertNoLinks } from './assertNoLinks';
import { listFolder, matchFiles } from './files';
import { PlainFile } from './plainFile';

/** In bytes, unzipped: Lambda takes no larger package, and it is made in memory. */
const maxBytes = 250 * 1024 * 1024;

/**
 * A folder as a zip whose bytes depend on its files' paths and contents alone: no compression (zlib
 * differs between machines), one time for all, one mode for all.
 *
 * A Python package (it has an `__init__.py`) keeps its own name inside the zip, as imports need it;
 * any other folder's files lie at the zip's root, as Lambda needs them.
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
        `Folder ${folder} has more than ${maxBytes} bytes, too many for an archive`,
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

/** Undefined where the file has more bytes. */
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

/** The first moment that a zip can tell, in local time as zips have it. */
const epoch = new Date(1980, 0, 1);

type ZipOptions = Parameters<ZipFile['addBuffer']>[2];
