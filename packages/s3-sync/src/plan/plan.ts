import { NotAllowedError } from '@backstage/errors';
import { sha256, UploadFile } from '../files/content';
import { toMatcher } from '../files/files';
import { KnownFiles } from '../manifest/manifest';

/** What to upload and to delete, decided before anything is done. @public */
export interface UploadPlan {
  /** Uploaded one wave after the other; within a wave side by side. */
  waves: UploadFile[][];
  unchanged: UploadFile[];
  /** Paths below the prefix, deleted last. */
  deleted: string[];
  /** So many are deleted that it looks like a mistake: only where `maxDeleted` says so. */
  deletesMany: boolean;
  /** Paths that the manifest knows, that nobody wants, and that are not there (any more). */
  forgotten: string[];
}

/**
 * The prefix of an immutable release: it depends on paths and contents alone.
 *
 * @public
 */
export function toReleasePrefix(
  files: readonly Pick<UploadFile, 'path' | 'sha256'>[],
): string {
  const list = files.map(file => `${file.path}\0${file.sha256}\n`).sort();
  return `releases/${sha256(list.join('')).slice(0, 12)}/`;
}

/**
 * Compares the files with what the manifest says was uploaded and what the bucket lists.
 *
 * Unchanged is a file whose content the manifest knows and whose object is still the one that was
 * uploaded then. Deleted are only files that the manifest knows, which are ours.
 *
 * @param options - `known` by path, from the manifest; `etags` by path, as listed; `order` has glob
 * patterns: what matches the first goes first, what matches none goes last. Without it, files in
 * folders (libraries) go before those that lie at the prefix itself (DAGs), so that a scheduler never
 * sees a DAG before its library. `maxDeleted` bounds how many may be deleted.
 * @throws NotAllowedError where so much would be deleted that it must be a mistake
 * @public
 */
export function planUpload(options: {
  files: readonly UploadFile[];
  known: KnownFiles;
  etags: ReadonlyMap<string, string>;
  order?: readonly string[];
  delete?: boolean;
  maxDeleted?: number;
}): UploadPlan {
  const { files, known, etags, order } = options;
  const isUnchanged = ({ path, sha256: sha }: UploadFile) => {
    const entry = known.get(path);
    return entry?.sha256 === sha && etags.get(path) === entry.etag;
  };
  const unchanged = files.filter(isUnchanged);
  const changed = files.filter(file => !isUnchanged(file));
  const unwanted = findUnwanted(options);
  return { waves: toWaves(changed, order), unchanged, ...unwanted };
}

function toWaves(
  files: readonly UploadFile[],
  order: readonly string[] | undefined,
): UploadFile[][] {
  const waveOf = order ? byOrder(order) : byFolder;
  const waves: UploadFile[][] = [];
  for (const file of files) (waves[waveOf(file.path)] ??= []).push(file);
  return waves.filter(wave => wave?.length > 0);
}

const byFolder = (path: string) => (path.includes('/') ? 0 : 1);

function byOrder(order: readonly string[]): (path: string) => number {
  const matchers = order.map(toMatcher);
  return path => {
    const index = matchers.findIndex(matcher => matcher.match(path));
    return index < 0 ? order.length : index;
  };
}

/** A release of usual size may be replaced whole; a folder given by mistake empties more. */
const usuallyDeleted = 20;

function findUnwanted(options: {
  files: readonly UploadFile[];
  known: KnownFiles;
  etags: ReadonlyMap<string, string>;
  delete?: boolean;
  maxDeleted?: number;
}): Pick<UploadPlan, 'deleted' | 'forgotten' | 'deletesMany'> {
  const { files, known, etags, maxDeleted } = options;
  if (!options.delete) {
    return { deleted: [], forgotten: [], deletesMany: false };
  }
  const wanted = new Set(files.map(({ path }) => path));
  const unwanted = [...known.keys()].filter(path => !wanted.has(path)).sort();
  const deleted = unwanted.filter(path => etags.has(path));
  const forgotten = unwanted.filter(path => !etags.has(path));
  const usual = Math.max(usuallyDeleted, known.size / 2);
  if (deleted.length > (maxDeleted ?? usual)) {
    throw new NotAllowedError(
      `${deleted.length} of ${known.size} uploaded files would be deleted, which looks like a mistake. Nothing was changed. If it is meant, say so with maxDeleted: ${deleted.length}`,
    );
  }
  return { deleted, forgotten, deletesMany: deleted.length > usual };
}
