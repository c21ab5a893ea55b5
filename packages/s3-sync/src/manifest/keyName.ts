import { InputError } from '@backstage/errors';
import { manifestName } from './manifest';

/** With its prefix. */
const maxKeyBytes = 1024;

/** XML, in which S3 lists keys, cannot hold these characters. */
const unlistable = /[\p{Cc}\p{Cs}\ufffd-\uffff]/u;

/**
 * Refuses a path that cannot be the key of an object. Other names are kept byte for byte: upper and
 * lower case, and composed and decomposed letters, are different names to S3.
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
  if (unlistable.test(path)) {
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
