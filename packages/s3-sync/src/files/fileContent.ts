import { createHash } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import { sha256 } from '@data-lake/aws';
import { PlainFile } from './plainFile';
import { partSize, UploadFile } from './uploadFile';

/**
 * Reads all bytes of a file.
 *
 * @throws ConflictError if they are not the bytes that were hashed
 */
export function readContent(file: UploadFile): Buffer {
  const bytes = readRange(file, 0, file.size);
  if (sha256(bytes) !== file.sha256) throw toChangedError(file);
  return bytes;
}

/** One part of a file. */
export interface Part {
  /** Counted from 1, as S3 does. */
  number: number;
  bytes: Buffer;
}

/**
 * Reads a file part by part. Whether the bytes are those that were hashed is known after the last part:
 * digests of the parts would hash every byte twice just to find out that a file has not changed.
 */
export class PartReader {
  readonly count: number;
  private readonly digest = createHash('sha256');
  private taken = 0;

  constructor(private readonly file: UploadFile) {
    this.count = Math.ceil(file.size / partSize);
  }

  /** Reads the next part. @throws ConflictError if the file has become shorter */
  next(): Part {
    const start = this.taken * partSize;
    const end = Math.min(start + partSize, this.file.size);
    const bytes = readRange(this.file, start, end);
    if (bytes.length < end - start) throw toChangedError(this.file);
    this.digest.update(bytes);
    this.taken += 1;
    return { number: this.taken, bytes };
  }

  /** Checks all bytes; call it once, after the last part. @throws ConflictError if they have changed */
  assertUnchanged(): void {
    if (this.digest.digest('hex') !== this.file.sha256) {
      throw toChangedError(this.file);
    }
  }
}

/** Converts a digest from hex to base64, as S3 takes it. */
export const toBase64 = (hex: string) =>
  Buffer.from(hex, 'hex').toString('base64');

const toChangedError = ({ path }: UploadFile) =>
  new ConflictError(
    `${path} was changed during its upload. Run this upload again`,
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
