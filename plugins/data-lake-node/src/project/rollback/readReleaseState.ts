import { AwsClients } from '@data-lake/aws';
import {
  isUnfinished,
  readPrefixState,
  toDestination,
} from '@data-lake/s3-sync';

/** State of a release's objects in the code bucket; `path` is an object that is missing or overwritten. */
export type ReleaseState =
  | { is: 'complete' }
  | { is: 'missing' }
  | { is: 'incomplete'; path?: string };

/** Reads whether a release is still in the code bucket as it was uploaded: it may be pruned, or overwritten. */
export async function readReleaseState(options: {
  clients: AwsClients;
  bucket: string;
  release: string;
  signal?: AbortSignal;
}): Promise<ReleaseState> {
  const { release, ...source } = options;
  const { entries, etags } = await readPrefixState(
    toDestination({ ...source, prefix: release }),
  );
  if (entries.size === 0) return { is: 'missing' };
  const changed = [...entries.values()].find(
    ({ path, etag }) => etags.get(path) !== etag,
  );
  return isUnfinished(entries) || changed
    ? { is: 'incomplete', path: changed?.path }
    : { is: 'complete' };
}
