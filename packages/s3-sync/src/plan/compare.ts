import { UploadFile } from '../files/content';
import { Destination } from '../bucket/destination';
import { assertKeyName } from '../manifest/keyName';
import { planUpload, UploadPlan } from './plan';
import { runConcurrently } from '@data-lake/aws';
import { PrefixState, readState } from '../manifest/state';
import { UploadOptions } from '../apply/uploadFiles';

/** What is there, and what is to be done about it. */
export interface Comparison {
  state: PrefixState;
  plan: UploadPlan;
}

/**
 * Compares the files with what is under a prefix. Asking S3 is waiting and hashing is work, so the one
 * goes on while the other does.
 *
 * @throws what {@link uploadFiles} throws before it changes anything
 */
export async function compare(
  to: Destination,
  options: UploadOptions,
): Promise<Comparison> {
  let state: PrefixState;
  let files: readonly UploadFile[];
  await runConcurrently(
    signal => [
      async () => {
        state = await readState({ ...to, signal });
      },
      async () => {
        files = await collect(options);
      },
    ],
    to.signal,
  );
  return {
    state: state!,
    plan: planUpload({ ...options, ...state!, files: files! }),
  };
}

async function collect({
  files,
  prefix,
}: UploadOptions): Promise<readonly UploadFile[]> {
  const collected = typeof files === 'function' ? await files() : files;
  collected.forEach(({ path }) => assertKeyName(path, prefix));
  return collected;
}
