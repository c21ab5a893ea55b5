import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { assertOwnBucket } from '../bucket/assertOwnBucket';
import { Destination } from '../bucket/destination';
import { listEtags } from '../bucket/listEtags';
import { readManifest, StoredManifest } from './readManifest';

/** The state of a prefix: its manifest, and the objects that the bucket lists. @public */
export interface PrefixState extends StoredManifest {
  /** ETags of the listed objects, by path. */
  etags: ReadonlyMap<string, string>;
}

/**
 * Reads the state of a prefix, with two calls and one more for each further 1,000 objects.
 *
 * @throws NotFoundError, NotAllowedError if the bucket does not exist or belongs to another account
 *
 * @public
 */
export async function readPrefixState(to: Destination): Promise<PrefixState> {
  try {
    const [stored, etags] = await Promise.all([
      readManifest(to),
      listEtags(to),
    ]);
    return { ...stored, etags };
  } catch (error) {
    const mayBeBucket =
      error instanceof NotFoundError || error instanceof NotAllowedError;
    // its error says whether the bucket is missing, or belongs to another account
    if (mayBeBucket) await assertOwnBucket(to);
    throw error;
  }
}
