import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { InputError } from '@backstage/errors';
import { Minimatch } from 'minimatch';

/** What nobody wants uploaded; the README lists it. */
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

/** What lies under a folder: paths with forward slashes, sorted. */
export interface Listing {
  files: string[];
  links: string[];
}

/**
 * Lists a folder, without what tools left behind and what matches one of the patterns.
 *
 * @param ignore - glob patterns; a folder that matches is passed over with all in it
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
 * The files that match a pattern.
 *
 * @throws InputError for a symbolic link that matches or could hold what matches: it may point out of
 * the folder
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

/** Patterns are compiled once: there may be 10,000 files. */
export const toMatcher = (pattern: string) =>
  new Minimatch(pattern, { dot: true });

/** A path below the source: forward slashes, relative, without `..`. */
export function assertPathBelow(path: string): void {
  const parts = path.split('/');
  if (path.startsWith('/') || path.includes('\\') || parts.includes('..')) {
    throw new InputError(
      `'${path}' must be a path below the source folder, with forward slashes and without ..`,
    );
  }
}
