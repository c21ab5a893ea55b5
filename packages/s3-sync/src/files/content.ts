import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { ConflictError, InputError } from '@backstage/errors';
import { PlainFile } from './plainFile';

/** A file to be uploaded; its bytes are read when they are sent. @public */
export interface UploadFile {
  /** Below the prefix, with forward slashes. */
  path: string;
  /** In hex. */
  sha256: string;
  /** In bytes. */
  size: number;
  /** Where the bytes are: in a file, by its absolute path, or in memory, such as an archive. */
  content: { file: string } | { bytes: Buffer };
}

/** In bytes. A larger file goes in parts of this size, so that a lost connection loses one of them. */
export const partSize = 8 * 1024 * 1024;

/** S3 takes 10,000 parts. */
const maxSize = 10_000 * partSize;

/** In bytes: read and hashed at once, so that others get their turn a part of a millisecond later. */
const chunkSize = 256 * 1024;

/** Used again and again, as fresh memory costs more than reading. Nobody waits between filling and hashing it. */
const chunk = Buffer.allocUnsafeSlow(chunkSize);

/**
 * What is uploaded as `path`, by its content.
 *
 * @throws InputError for what is no plain file, such as a symbolic link
 */
export async function toUploadFile(
  path: string,
  content: UploadFile['content'],
): Promise<UploadFile> {
  if ('bytes' in content) {
    const { bytes } = content;
    return { path, sha256: sha256(bytes), size: bytes.length, content };
  }
  return { path, ...(await digestFile(content.file, path)), content };
}

/**
 * The bytes of a file.
 *
 * @throws ConflictError where they are no more what was hashed
 */
export function readWhole(file: UploadFile): Buffer {
  const bytes = readRange(file, 0, file.size);
  if (sha256(bytes) !== file.sha256) throw changed(file);
  return bytes;
}

/** One part of a file. */
export interface Part {
  /** Counted from 1, as S3 does. */
  number: number;
  bytes: Buffer;
}

/**
 * Reads a file part by part. Only when all are read is it known whether they are what was hashed: a
 * digest of each part beside that of the whole would have every byte hashed twice to find out that a
 * file has not changed.
 */
export class PartReader {
  readonly count: number;
  private readonly whole = createHash('sha256');
  private taken = 0;

  constructor(private readonly file: UploadFile) {
    this.count = Math.ceil(file.size / partSize);
  }

  /** The next one, whoever asks. @throws ConflictError where the file has become shorter */
  next(): Part {
    const start = this.taken * partSize;
    const end = Math.min(start + partSize, this.file.size);
    const bytes = readRange(this.file, start, end);
    if (bytes.length < end - start) throw changed(this.file);
    this.whole.update(bytes);
    this.taken += 1;
    return { number: this.taken, bytes };
  }

  /** To be asked once, after the last part. @throws ConflictError where they were not what was hashed */
  assertUnchanged(): void {
    if (this.whole.digest('hex') !== this.file.sha256) throw changed(this.file);
  }
}

export const sha256 = (bytes: Buffer | string) =>
  createHash('sha256').update(bytes).digest('hex');

/** A digest as S3 wants it. */
export const toBase64 = (hex: string) =>
  Buffer.from(hex, 'hex').toString('base64');

const changed = ({ path }: UploadFile) =>
  new ConflictError(
    `${path} was changed while it was uploaded. Run this upload again`,
  );

function readRange(file: UploadFile, start: number, end: number): Buffer {
  const { path, content } = file;
  if ('bytes' in content) return content.bytes.subarray(start, end);
  const open = PlainFile.open(content.file, path);
  try {
    return open.read(Buffer.allocUnsafe(end - start), start);
  } finally {
    open.close();
  }
}

async function digestFile(
  file: string,
  path: string,
): Promise<Pick<UploadFile, 'sha256' | 'size'>> {
  const open = PlainFile.open(file, path);
  try {
    const { size } = open;
    if (size > maxSize) {
      throw new InputError(
        `${path} has ${size} bytes; at most ${maxSize} are uploaded`,
      );
    }
    const digest = createHash('sha256');
    for (let start = 0; start < size; start += chunkSize) {
      const room = Math.min(chunkSize, size - start);
      digest.update(open.read(chunk.subarray(0, room), start));
      await setImmediate();
    }
    return { sha256: digest.digest('hex'), size };
  } finally {
    open.close();
  }
}
