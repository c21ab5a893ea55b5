import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { InputError } from '@backstage/errors';

/**
 * An open file, to be closed. Reads are synchronous: sending a small file through the thread pool takes ten
 * times as long as reading it.
 */
export class PlainFile {
  /**
   * Opens a file.
   *
   * @param path - its name in messages
   * @throws InputError if it is not a plain file, such as a symbolic link
   */
  static open(file: string, path: string): PlainFile {
    const fd = openPlain(file, path);
    const stats = fstatSync(fd);
    if (stats.isFile()) return new PlainFile(fd, stats.size);
    closeSync(fd);
    throw new InputError(`${path} is not a file`);
  }

  private constructor(
    private readonly fd: number,
    /** In bytes, when it was opened. */
    readonly size: number,
  ) {}

  /**
   * Fills the buffer with the bytes from `start`, and returns the part of it that was filled: less than
   * all at the end of the file.
   */
  read(buffer: Buffer, start: number): Buffer {
    let filled = 0;
    while (filled < buffer.length) {
      const room = buffer.length - filled;
      const bytesRead = readSync(this.fd, buffer, filled, room, start + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** A link may point out of the folder, and a pipe would never end. */
function openPlain(file: string, path: string): number {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
  try {
    return openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ELOOP') {
      throw new InputError(`${path} is a symbolic link`);
    }
    throw new InputError(`${path} cannot be read (${code})`);
  }
}
