import { InputError } from '@backstage/errors';
import { manifestName } from './manifest';

/** Of a key, prefix included. */
const maxKeyBytes = 1024;

/** XML, in which S3 lists keys, cannot hold them; a log line should not. */
const unwritable = /[\p{Cc}\p{Cs}\ufffd-\uffff]/u;

/**
 * Refuses a path that no S3 key should have. Names are otherwise taken as they are, byte for byte:
 * upper and lower case, and composed and decomposed letters, are different names to S3.
 *
 * @throws InputError
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function assertKeyName(path: string, prefix = ''): void {
  const name = JSON.stringify(path);
  const parts = path.split('/');
  if (parts.some(part => part === '' || part === '.' || part === '..')) {
    throw new InputError(`${name} is not a plain path`);
  }
  if (unwritable.test(path)) {
    throw new InputError(
      `${name} has characters in its name that S3 cannot list (control characters, or bytes that are not UTF-8). Rename or ignore it`,
    );
  }
  if (Buffer.byteLength(prefix + path) > maxKeyBytes) {
    throw new InputError(
      `${name} is too long for a name in S3, which may have ${maxKeyBytes} bytes with its prefix`,
    );
  }
  if (path === manifestName) {
    throw new InputError(
      `${name} is the name of the manifest that this upload keeps there. Rename or ignore it`,
    );
  }
}
