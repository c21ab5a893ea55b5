import { InputError } from '@backstage/errors';
import { minimatch } from 'minimatch';
import { sha256 } from './files';
import { Manifest } from './manifest';

/** A file to be uploaded. @public */
export interface UploadFile {
  /** Below the prefix, with forward slashes. */
  path: string;
  /** In hex. */
  sha256: string;
  bytes: Buffer;
}

/** What to upload and to delete, decided before anything is done. @public */
export interface UploadPlan {
  /** Uploaded one wave after the other; within a wave side by side. */
  waves: UploadFile[][];
  unchanged: UploadFile[];
  /** Paths below the prefix, deleted last. */
  deleted: string[];
}

/**
 * The prefix of an immutable release: it depends on paths and contents alone.
 *
 * @public
 */
export function toReleasePrefix(files: readonly UploadFile[]): string {
  const list = files.map(file => `${file.path}\0${file.sha256}\n`).sort();
  return `releases/${sha256(list.join('')).slice(0, 12)}/`;
}

/**
 * Compares the files with what the manifest says was uploaded and what the bucket lists.
 *
 * Unchanged is a file whose content the manifest knows and whose object is still the one that was
 * uploaded then. Deleted are only files that the manifest knows, which are ours.
 *
 * @param options - `etags` by path, as listed; `order` has glob patterns: what matches the first goes
 * first, what matches none goes last. Without it, files in folders (libraries) go before those that
 * lie at the prefix itself (DAGs), so that a scheduler never sees a DAG before its library.
 * @throws InputError where so much would be deleted that it must be a mistake
 * @public
 */
export function planUpload(options: {
  files: readonly UploadFile[];
  manifest: Manifest;
  etags: ReadonlyMap<string, string>;
  order?: readonly string[];
  delete?: boolean;
}): UploadPlan {
  const { files, manifest, etags, order } = options;
  const isUnchanged = ({ path, sha256: sha }: UploadFile) => {
    const known = manifest.files[path];
    return known?.sha256 === sha && etags.get(path) === known.etag;
  };
  const unchanged = files.filter(isUnchanged);
  const changed = files.filter(file => !isUnchanged(file));
  const deleted = options.delete ? findDeleted(options) : [];
  return { waves: toWaves(changed, order), unchanged, deleted };
}

function toWaves(
  files: readonly UploadFile[],
  order: readonly string[] | undefined,
): UploadFile[][] {
  const waveOf = order
    ? (path: string) => {
        const index = order.findIndex(p => minimatch(path, p, { dot: true }));
        return index < 0 ? order.length : index;
      }
    : (path: string) => (path.includes('/') ? 0 : 1);
  const waves: UploadFile[][] = [];
  for (const file of files) (waves[waveOf(file.path)] ??= []).push(file);
  return waves.filter(wave => wave?.length > 0);
}

function findDeleted(options: {
  files: readonly UploadFile[];
  manifest: Manifest;
}): string[] {
  const { files, manifest } = options;
  const wanted = new Set(files.map(({ path }) => path));
  const owned = Object.keys(manifest.files);
  const deleted = owned.filter(path => !wanted.has(path)).sort();
  if (deleted.length > 20 && deleted.length > owned.length / 2) {
    throw new InputError(
      `${deleted.length} of ${owned.length} uploaded files would be deleted, which looks like a mistake. Nothing was changed; upload without delete, or remove them by hand`,
    );
  }
  return deleted;
}
