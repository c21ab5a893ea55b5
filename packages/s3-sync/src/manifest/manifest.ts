import * as z from 'zod';

/** One object that an upload has written, or started to write. @public */
export const ManifestEntry = z.object({
  path: z.string(),
  sha256: z.string(),
  /** As S3 returned it, or `pendingEtag` or `abandonedEtag`. */
  etag: z.string(),
  size: z.number(),
});

/** @public */
export type ManifestEntry = z.infer<typeof ManifestEntry>;

/**
 * The objects that were uploaded below a prefix. It is an object beside them, and the lock of an upload:
 * written before the first object and after the last one, so that the next upload knows every object
 * that an interrupted one has written.
 *
 * @public
 */
export const Manifest = z.object({
  version: z.literal(2),
  /** Id of the upload that wrote it. */
  writer: z.string(),
  files: z.array(ManifestEntry),
});

/** @public */
export type Manifest = z.infer<typeof Manifest>;

/** Entries by path. A map, as a file may be called `__proto__`. @public */
export type ManifestEntries = ReadonlyMap<string, ManifestEntry>;

/** In place of an ETag: an upload is writing or deleting the object, or was interrupted while it did. */
export const pendingEtag = '';

/** In place of an ETag: the object is not needed, but an upload that seemed dead may still write it. */
export const abandonedEtag = 'abandoned';

/** Airflow and Spark ignore names that begin with a dot. */
export const manifestName = '.s3-sync-manifest.json';

/** Adds entries, or replaces those of the same path. */
export const withEntries = (
  entries: ManifestEntries,
  added: readonly ManifestEntry[],
): Map<string, ManifestEntry> =>
  new Map([...entries, ...added.map(entry => [entry.path, entry] as const)]);

/** Tells whether an upload has started and not ended: it was interrupted, or is running. @public */
export function isUnfinished(entries: ManifestEntries): boolean {
  return [...entries.values()].some(({ etag }) => etag === pendingEtag);
}
