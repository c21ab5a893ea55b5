import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { InputError } from '@backstage/errors';
import { sha256 } from '@data-lake/aws';
import { PlainFile } from './plainFile';

/** A file to upload; its bytes are read when they are sent. @public */
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

/** In bytes. A larger file is sent in parts of this size, so that a lost connection loses one of them. */
export const partSize = 8 * 1024 * 1024;

/** S3 takes 10,000 parts. */
const maxSize = 10_000 * partSize;

/** In bytes: read and hashed at once, in part of a millisecond, before other work gets its turn. */
const chunkSize = 256 * 1024;

/** Shared by all files, as fresh memory costs more than reading. Filling and hashing it is synchronous. */
const chunk = Buffer.allocUnsafeSlow(chunkSize);

/**
 * Makes the file to upload as `path`: measures and hashes its content.
 *
 * @throws InputError if it is not a plain file, such as a symbolic link
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

async function digestFile(
  file: string,
  path: string,
): Promise<Pick<UploadFile, 'sha256' | 'size'>> {
  const open = PlainFile.open(file, path);
  try {
    const { size } = open;
    if (size > maxSize) {
      throw new InputError(
        `${path} has ${size} bytes; a file may have ${maxSize}`,
      );
    }
    const digest = createHash('sha256');
    for (let start = 0; start < size; start += chunkSize) {
      const length = Math.min(chunkSize, size - start);
      digest.update(open.read(chunk.subarray(0, length), start));
      await setImmediate();
    }
    return { sha256: digest.digest('hex'), size };
  } finally {
    open.close();
  }
}
