import { sha256 } from '@data-lake/aws';
import { UploadFile } from '../files/uploadFile';

/**
 * Makes the prefix of an immutable release, which depends on paths and contents alone. It has the whole
 * digest: projects may share a code bucket, and other files with the same prefix would replace these.
 *
 * @public
 */
export function toReleasePrefix(
  files: readonly Pick<UploadFile, 'path' | 'sha256'>[],
): string {
  const list = files.map(file => `${file.path}\0${file.sha256}\n`).sort();
  return `releases/${sha256(list.join(''))}/`;
}
