import { createHash } from 'node:crypto';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { InputError } from '@backstage/errors';
import { minimatch } from 'minimatch';

/** What nobody wants uploaded. */
const ignored = new Set([
  '.DS_Store',
  '.git',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.venv',
  '__pycache__',
  'cdk.out',
  'node_modules',
]);

/** Read whole. */
const maxFileBytes = 100 * 1024 * 1024;

/** What lies under a folder: paths with forward slashes, sorted. */
export interface Listing {
  files: string[];
  links: string[];
}

export async function listFolder(folder: string): Promise<Listing> {
  const listing: Listing = { files: [], links: [] };
  await walk(folder, '', listing);
  listing.files.sort();
  return listing;
}

async function walk(root: string, below: string, into: Listing): Promise<void> {
  const entries = await readdir(join(root, below), { withFileTypes: true });
  for (const entry of entries) {
    const path = posix.join(below, entry.name);
    if (ignored.has(entry.name) || entry.name.endsWith('.pyc')) continue;
    if (entry.isSymbolicLink()) into.links.push(path);
    else if (entry.isDirectory()) await walk(root, path, into);
    else if (entry.isFile()) into.files.push(path);
  }
}

/**
 * The files that match a pattern.
 *
 * @throws InputError for a symbolic link that matches or could hold what matches: it may point out of
 * the folder
 */
export function matchFiles(listing: Listing, pattern: string): string[] {
  const link = listing.links.find(path =>
    minimatch(path, pattern, { dot: true, partial: true }),
  );
  if (link) {
    throw new InputError(
      `${link} is a symbolic link; only files and folders are uploaded`,
    );
  }
  return listing.files.filter(path => minimatch(path, pattern, { dot: true }));
}

/** The bytes of a file under a folder. */
export async function readBytes(folder: string, path: string): Promise<Buffer> {
  const full = join(folder, path);
  const stats = await lstat(full);
  if (!stats.isFile()) throw new InputError(`${path} is not a file`);
  if (stats.size > maxFileBytes) {
    throw new InputError(
      `${path} has ${stats.size} bytes; at most ${maxFileBytes} are uploaded`,
    );
  }
  return readFile(full);
}

/** A path below the source: forward slashes, relative, without `..`. */
export function assertPathBelow(path: string): void {
  const parts = path.split('/');
  if (path.startsWith('/') || path.includes('\\') || parts.includes('..')) {
    throw new InputError(
      `'${path}' must be a path below the source folder, with forward slashes and without ..`,
    );
  }
}

export const sha256 = (bytes: Buffer | string) =>
  createHash('sha256').update(bytes).digest('hex');
