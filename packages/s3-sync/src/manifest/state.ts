import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { assertOwnBucket, Destination, listEtags } from '../bucket/destination';
import { KnownFiles, readManifest, StoredManifest, underWay } from './manifest';

/** What is under a prefix, as the manifest tells and as the bucket lists. */
export interface PrefixState extends StoredManifest {
  /** ETags by path, as listed. */
  etags: ReadonlyMap<string, string>;
}

/** Two calls, however many files there are below 1,000; one more for each further 1,000. */
export async function readState(to: Destination): Promise<PrefixState> {
  try {
    const [stored, etags] = await Promise.all([
      readManifest(to),
      listEtags(to),
    ]);
    return { ...stored, etags };
  } catch (error) {
    const mayBeBucket =
      error instanceof NotFoundError || error instanceof NotAllowedError;
    // says whether the bucket is missing, or another account's
    if (mayBeBucket) await assertOwnBucket(to);
    throw error;
  }
}

/** Whether an upload has begun there and not ended: it was interrupted, or goes on. */
export function isUnfinished(known: KnownFiles): boolean {
  return [...known.values()].some(({ etag }) => etag === underWay);
}
