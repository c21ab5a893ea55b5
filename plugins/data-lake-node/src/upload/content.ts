import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { ConflictError, InputError } from '@backstage/errors';

/** A file to be uploaded; its bytes are read when they are sent. @public */
export interface UploadFile {
  /** Below the prefix, with forward slashes. */
  path: string;
  /** In hex. */
  sha256: string;
  /** In bytes. */
  size: number;
  /** SHA-256 of each part in hex, of a file that goes in parts; else empty. */
  partSha256: string[];
  /** Where the bytes are: in a file, by its absolute path, or in memory, such as an archive. */
  content: { file: string } | { bytes: Buffer };
}

/** In bytes. A larger file goes in parts of this size, so that a lost connection loses one of them. */
export const partSize = 8 * 1024 * 1024;

/** S3 takes 10,000 parts. */
const maxSize = 10_000 * partSize;

/**
 * In bytes: read and hashed at once, so that a large file needs no more memory than a small one, and
 * others get their turn a millisecond later.
 */
const chunkSize = 1024 * 1024;

type Digests = Pick<UploadFile, 'sha256' | 'size' | 'partSha256'>;

/** Hashes a whole and its parts in one pass. */
class PartedDigest {
  private readonly whole = createHash('sha256');
  private part = createHash('sha256');
  private size = 0;
  private readonly parts: string[] = [];

  update(bytes: Buffer): void {
    this.whole.update(bytes);
    for (let at = 0; at < bytes.length; ) {
      const room = partSize - (this.size % partSize);
      const piece = bytes.subarray(at, at + room);
      this.part.update(piece);
      this.size += piece.length;
      at += piece.length;
      if (this.size % partSize === 0) this.endPart();
    }
  }

  end(): Digests {
    if (this.size % partSize > 0) this.endPart();
    return {
      sha256: this.whole.digest('hex'),
      size: this.size,
      partSha256: this.size > partSize ? this.parts : [],
    };
  }

  private endPart() {
    this.parts.push(this.part.digest('hex'));
    this.part = createHash('sha256');
  }
}

/**
 * What is uploaded as `path`, by its content.
 *
 * @throws InputError for what is no plain file, such as a symbolic link
 */
export async function toUploadFile(
  path: string,
  content: UploadFile['content'],
): Promise<UploadFile> {
  const digests =
    'bytes' in content
      ? digestOf([content.bytes])
      : await withFile(content.file, path, (fd, size) =>
          digestFile(fd, { path, size }),
        );
  return { path, ...digests, content };
}

/**
 * The bytes of a file, or of one of its parts, counted from 0.
 *
 * @throws ConflictError where they are no more what was hashed
 */
export async function readPart(
  file: UploadFile,
  index: number,
): Promise<Buffer> {
  const { path, content, size } = file;
  const start = index * partSize;
  const end = Math.min(start + partSize, size);
  const bytes =
    'bytes' in content
      ? content.bytes.subarray(start, end)
      : await withFile(content.file, path, async fd =>
          readRange(fd, start, end),
        );
  if (sha256(bytes) !== (file.partSha256[index] ?? file.sha256)) {
    throw new ConflictError(
      `${path} was changed while it was uploaded. Run this upload again`,
    );
  }
  return bytes;
}

export const sha256 = (bytes: Buffer | string) =>
  createHash('sha256').update(bytes).digest('hex');

function digestOf(chunks: Iterable<Buffer>): Digests {
  const digest = new PartedDigest();
  for (const chunk of chunks) digest.update(chunk);
  return digest.end();
}

async function digestFile(
  fd: number,
  { path, size }: { path: string; size: number },
): Promise<Digests> {
  if (size > maxSize) {
    throw new InputError(
      `${path} has ${size} bytes; at most ${maxSize} are uploaded`,
    );
  }
  const digest = new PartedDigest();
  for (let start = 0; start < size; start += chunkSize) {
    const end = Math.min(start + chunkSize, size);
    digest.update(readRange(fd, start, end));
    await setImmediate();
  }
  return digest.end();
}

/**
 * May be shorter than asked for, where the file has become so. Waits for the disk, as a small file's way
 * through the thread pool takes ten times as long as reading it.
 */
function readRange(fd: number, start: number, end: number): Buffer {
  const buffer = Buffer.allocUnsafe(end - start);
  let filled = 0;
  while (filled < buffer.length) {
    const room = buffer.length - filled;
    const bytesRead = readSync(fd, buffer, filled, room, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function withFile<T>(
  file: string,
  path: string,
  read: (fd: number, size: number) => Promise<T>,
): Promise<T> {
  const fd = openPlain(file, path);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw new InputError(`${path} is not a file`);
    return await read(fd, stats.size);
  } finally {
    closeSync(fd);
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
