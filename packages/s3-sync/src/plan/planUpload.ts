import { UploadFile } from '../files/uploadFile';
import { toMatcher } from '../files/listFolder';
import { ManifestEntries } from '../manifest/manifest';

/** The files to upload and the objects to delete. */
export interface UploadPlan {
  /** Uploaded one wave after the other; the files of a wave concurrently. */
  waves: UploadFile[][];
  unchanged: UploadFile[];
  /** Paths below the prefix, in order; deleted last. */
  deletes: string[];
  /** Paths in the manifest that are not needed, and that the bucket does not list. */
  forgotten: string[];
  /** Number of files in the manifest. */
  uploadedBefore: number;
}

/** Lists the files of all waves. */
export const listUploads = ({ waves }: Pick<UploadPlan, 'waves'>) =>
  waves.flat();

/**
 * Compares the files with the manifest and the listing of a prefix.
 *
 * A file is unchanged if the manifest has its content, and the bucket still has the object that was
 * uploaded then. Only files in the manifest are deleted: no others were uploaded.
 *
 * @param options - `entries`: the manifest, by path; `etags`: the listing, by path; `order`: glob
 * patterns, where files that match the first go first, and files that match none go last. By default,
 * files in folders (libraries) go before files directly below the prefix (DAGs), so that a scheduler
 * never sees a DAG before its library
 */
export function planUpload(options: {
  files: readonly UploadFile[];
  entries: ManifestEntries;
  etags: ReadonlyMap<string, string>;
  order?: readonly string[];
  delete?: boolean;
}): UploadPlan {
  const { files, entries, etags, order } = options;
  const isUnchanged = ({ path, sha256 }: UploadFile) => {
    const entry = entries.get(path);
    return entry?.sha256 === sha256 && etags.get(path) === entry.etag;
  };
  const unchanged = files.filter(isUnchanged);
  const changed = files.filter(file => !isUnchanged(file));
  const unneeded = options.delete ? listUnneeded(options) : [];
  return {
    waves: toWaves(changed, order),
    unchanged,
    deletes: unneeded.filter(path => etags.has(path)),
    forgotten: unneeded.filter(path => !etags.has(path)),
    uploadedBefore: entries.size,
  };
}

function toWaves(
  files: readonly UploadFile[],
  order: readonly string[] | undefined,
): UploadFile[][] {
  const toWave = order ? toWaveByOrder(order) : toWaveByFolder;
  const waves: UploadFile[][] = [];
  for (const file of files) (waves[toWave(file.path)] ??= []).push(file);
  return waves.filter(wave => wave?.length > 0);
}

const toWaveByFolder = (path: string) => (path.includes('/') ? 0 : 1);

function toWaveByOrder(order: readonly string[]): (path: string) => number {
  const matchers = order.map(toMatcher);
  return path => {
    const index = matchers.findIndex(matcher => matcher.match(path));
    return index < 0 ? order.length : index;
  };
}

function listUnneeded(options: {
  files: readonly UploadFile[];
  entries: ManifestEntries;
}): string[] {
  const needed = new Set(options.files.map(({ path }) => path));
  return [...options.entries.keys()].filter(path => !needed.has(path)).sort();
}
