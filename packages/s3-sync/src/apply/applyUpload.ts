import { ConflictError } from '@backstage/errors';
import { Destination, toS3Url } from '../bucket/destination';
import { listEtags } from '../bucket/listEtags';
import { UploadFile } from '../files/uploadFile';
import {
  abandonedEtag,
  isUnfinished,
  ManifestEntries,
  ManifestEntry,
  pendingEtag,
  withEntries,
} from '../manifest/manifest';
import { PrefixLock } from '../manifest/prefixLock';
import { PrefixState } from '../manifest/prefixState';
import { listUploads, UploadPlan } from '../plan/planUpload';
import { abortParts } from './abortParts';
import { deleteFiles } from './deleteFiles';
import { uploadWaves } from './uploadWaves';

/** Tells whether a plan changes anything, or the manifest does not say yet what an earlier upload deleted. */
export function needsApply(plan: UploadPlan, { entries }: PrefixState) {
  const isUnrecorded = plan.forgotten.some(
    path => entries.get(path)!.etag === pendingEtag,
  );
  return (
    listUploads(plan).length > 0 || plan.deletes.length > 0 || isUnrecorded
  );
}

/** Applies a plan, with the manifest as lock. */
export async function applyUpload(
  to: Destination,
  work: { plan: UploadPlan; state: PrefixState; onStart?: () => void },
): Promise<void> {
  const { plan, state } = work;
  const { entries, etags } = state;
  const lock = new PrefixLock(to, state.manifestEtag);
  await lock.write(withEntries(entries, listUploads(plan).map(toPendingEntry)));
  work.onStart?.();
  const wasUnfinished = isUnfinished(entries);
  if (wasUnfinished) {
    await abortParts(to, path => entries.get(path)?.etag === pendingEtag);
  }

  const written = await uploadWaves(to, { plan, etags, lock });
  const result = withEntries(
    entries,
    listUploads(plan).map(file => ({
      ...toPendingEntry(file),
      etag: written.get(file.path)!,
    })),
  );
  if (wasUnfinished) await assertAlone(to, result, plan);
  if (plan.deletes.length > 0) {
    // the lock must still be held when objects are deleted
    const pending = plan.deletes.map(path => ({
      ...entries.get(path)!,
      etag: pendingEtag,
    }));
    await lock.write(withEntries(result, pending));
    await deleteFiles(to, { plan, etags });
  }
  forget(result, plan);
  await lock.write(result);
}

/**
 * Removes the entries of deleted objects. An upload that seemed dead may still write an object that was
 * pending, or that was not listed: its entry stays for one more upload, which then deletes the object.
 */
function forget(
  entries: Map<string, ManifestEntry>,
  { deletes, forgotten }: UploadPlan,
): void {
  for (const path of deletes) {
    if (entries.get(path)!.etag === pendingEtag) abandon(path);
    else entries.delete(path);
  }
  for (const path of forgotten) {
    if (entries.get(path)!.etag === abandonedEtag) entries.delete(path);
    else abandon(path);
  }
  function abandon(path: string) {
    entries.set(path, { ...entries.get(path)!, etag: abandonedEtag });
  }
}

const toPendingEntry = ({ path, sha256, size }: UploadFile): ManifestEntry => ({
  path,
  sha256,
  size,
  etag: pendingEtag,
});

/** Checks that an upload that seemed interrupted, but still runs, has not written meanwhile. */
async function assertAlone(
  to: Destination,
  entries: ManifestEntries,
  { waves, unchanged }: UploadPlan,
): Promise<void> {
  const etags = await listEtags(to);
  const foreign = [...waves.flat(), ...unchanged].find(
    ({ path }) => etags.get(path) !== entries.get(path)?.etag,
  );
  if (!foreign) return;
  throw new ConflictError(
    `Another upload to ${toS3Url(to)} is running, and has written ${
      foreign.path
    }. Run this upload again when it has ended`,
  );
}
