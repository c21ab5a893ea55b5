import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { InputError } from '@backstage/errors';
import { Minimatch } from 'minimatch';

/** Caches, repositories and environments of tools, which are never uploaded; the README lists them. */
const ignoredNames = new Set([
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

const isIgnoredName = (name: string) =>
  ignoredNames.has(name) || name.endsWith('.pyc');

/** The files and links below a folder: paths with forward slashes, sorted. */
export interface Listing {
  files: string[];
  links: string[];
}

/**
 * Lists a folder, without ignored names and paths that match one of the patterns.
 *
 * @param ignore - glob patterns; a folder that matches is ignored with all its files
 */
export async function listFolder(
  folder: string,
  ignore: readonly string[] = [],
): Promise<Listing> {
  const listing: Listing = { files: [], links: [] };
  const patterns = ignore.map(toMatcher);
  const isIgnored = (path: string, name: string) =>
    isIgnoredName(name) || patterns.some(pattern => pattern.match(path));
  await walk({ root: folder, isIgnored, into: listing }, '');
  listing.files.sort();
  return listing;
}

interface Walk {
  root: string;
  isIgnored(path: string, name: string): boolean;
  into: Listing;
}

async function walk(all: Walk, below: string): Promise<void> {
  const entries = await readdir(join(all.root, below), { withFileTypes: true });
  for (const entry of entries) {
    const path = posix.join(below, entry.name);
    if (all.isIgnored(path, entry.name)) continue;
    if (entry.isSymbolicLink()) all.into.links.push(path);
    else if (entry.isDirectory()) await walk(all, path);
    else if (entry.isFile()) all.into.files.push(path);
  }
}

/**
 * Finds the files that match a pattern.
 *
 * @throws InputError for a symbolic link that matches, or may hold files that do: it may point out of the
 * folder
 */
export function matchFiles(listing: Listing, pattern: string): string[] {
  const matcher = toMatcher(pattern);
  const link = listing.links.find(path => matcher.match(path, true));
  if (link) {
    throw new InputError(
      `${link} is a symbolic link; only files and folders are uploaded`,
    );
  }
  return listing.files.filter(path => matcher.match(path));
}

/** Compiles a pattern, once for up to 10,000 files. */
export const toMatcher = (pattern: string) =>
  new Minimatch(pattern, { dot: true });

/** Checks that a path is below the source: relative, with forward slashes, without `..`. */
export function assertPathBelow(path: string): void {
  const parts = path.split('/');
  if (path.startsWith('/') || path.includes('\\') || parts.includes('..')) {
    throw new InputError(
      `'${path}' must be a path below the source folder, with forward slashes and without ..`,
    );
  }
}
