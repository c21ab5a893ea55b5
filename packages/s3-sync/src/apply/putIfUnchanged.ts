import { ConflictError } from '@backstage/errors';
import { Destination, toS3Url } from '../bucket/destination';
import { findObject } from '../bucket/findObject';
import {
  isConditionFailed,
  toWriteCondition,
  WriteCondition,
} from '../bucket/writeCondition';
import { toBase64 } from '../files/fileContent';
import { UploadFile } from '../files/uploadFile';
import { PrefixLock } from '../manifest/prefixLock';

/** The listing that an upload is planned on, and the lock that it holds. */
export interface FoundState {
  /** ETags by path, as listed before the first write. */
  etags: ReadonlyMap<string, string>;
  lock: Pick<PrefixLock, 'isHeld'>;
}

/** Each late write of another upload costs one try. */
const maxRetries = 4;

/**
 * Writes an object only over the one that was listed, or where there was none: a late write of an upload
 * that seemed dead fails. If another upload wrote in between, overwrites that while the lock is held.
 *
 * @returns the ETag
 * @throws ConflictError if another upload has taken the lock
 */
export async function putIfUnchanged(
  to: Destination,
  file: UploadFile,
  options: {
    found: FoundState;
    put: (condition: WriteCondition) => Promise<string>;
  },
): Promise<string> {
  const { found, put } = options;
  let etag = found.etags.get(file.path);
  for (let retries = 0; ; retries++) {
    try {
      return await put(toWriteCondition(etag));
    } catch (error) {
      if (!isConditionFailed(error) || retries === maxRetries) throw error;
      const actual = await findObject(to, file.path);
      // if a connection breaks after S3 has written, the client's own retry fails: its first try won
      if (actual?.sha256 === toBase64(file.sha256)) return actual.etag;
      if (!(await found.lock.isHeld())) {
        throw new ConflictError(
          `Another upload to ${toS3Url(to)} is running, and has written ${
            file.path
          }. Run this upload again when it has ended`,
        );
      }
      etag = actual?.etag;
    }
  }
}
