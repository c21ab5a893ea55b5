import { runConcurrently } from '@data-lake/aws';
import { Destination } from '../bucket/destination';
import { UploadFile } from '../files/uploadFile';
import { assertKeyName } from '../manifest/keyName';
import { PrefixState, readPrefixState } from '../manifest/prefixState';
import { planUpload, UploadPlan } from './planUpload';
import { UploadOptions } from './uploadOptions';

/**
 * Reads the state of a prefix, and plans the upload. Files are collected while S3 is listed, since
 * listing is waiting and hashing is work.
 *
 * @throws InputError for a file whose path cannot be a key; NotFoundError, NotAllowedError if the bucket
 * does not exist or belongs to another account
 */
export async function readUploadPlan(
  to: Destination,
  options: UploadOptions,
): Promise<{ state: PrefixState; plan: UploadPlan }> {
  let state: PrefixState;
  let files: readonly UploadFile[];
  await runConcurrently(
    signal => [
      async () => {
        state = await readPrefixState({ ...to, signal });
      },
      async () => {
        files = await collectFromOptions(options);
      },
    ],
    to.signal,
  );
  return {
    state: state!,
    plan: planUpload({ ...options, ...state!, files: files! }),
  };
}

async function collectFromOptions({
  files,
  prefix,
}: UploadOptions): Promise<readonly UploadFile[]> {
  const collected = typeof files === 'function' ? await files() : files;
  collected.forEach(({ path }) => assertKeyName(path, prefix));
  return collected;
}
