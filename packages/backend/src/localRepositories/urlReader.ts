import { urlReaderFactoriesServiceRef } from '@backstage/backend-defaults/urlReader';
import type { ReaderFactory } from '@backstage/backend-defaults/urlReader';
import {
  createServiceFactory,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  NotAllowedError,
  NotFoundError,
  NotModifiedError,
} from '@backstage/errors';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { basename, dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { findRepositoriesFolder } from './repositories';

/**
 * Reads `file:///<folder>/<repository>/` as a Git host would: the commit of that repository's main branch,
 * without uncommitted edits. Reads nothing else of the machine.
 */
export const urlReaderFactory = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: {},
  factory: () => createReaders,
});

const createReaders: ReaderFactory = ({ config, treeResponseFactory }) => {
  const folder = findRepositoriesFolder(config);
  if (!folder) return [];
  const reader: UrlReaderService = {
    async readTree(url, options) {
      const dir = toRepository(url, folder);
      const oid = await git
        .resolveRef({ fs, dir, ref: 'main' })
        .catch(error => {
          throw new NotFoundError(`${url} has no branch main`, error);
        });
      if (options?.etag === oid) throw new NotModifiedError();
      const files = await listCommitted(dir, oid);
      const response = await treeResponseFactory.fromReadableArray(
        files.map(({ path, bytes }) => ({ path, data: Readable.from(bytes) })),
      );
      return {
        etag: oid,
        files: () => response.files(),
        archive: () => response.archive(),
        dir: target => response.dir(target),
      };
    },
    readUrl: refuse,
    search: refuse,
  };
  return [{ reader, predicate: ({ protocol }) => protocol === 'file:' }];
};

async function refuse(url: string): Promise<never> {
  throw new NotAllowedError(
    `${url}: a local repository can only be read as a whole`,
  );
}

function toRepository(url: string, folder: string): string {
  const path = resolve(fileURLToPath(url));
  if (dirname(path) === folder && !basename(path).startsWith('.')) return path;
  throw new NotAllowedError(`${url} is not a repository in ${folder}`);
}

async function listCommitted(dir: string, oid: string) {
  const files: { path: string; bytes: Buffer }[] = [];
  await git.walk({
    fs,
    dir,
    trees: [git.TREE({ ref: oid })],
    map: async (path, [entry]) => {
      if ((await entry?.type()) !== 'blob') return path;
      // 120000 is a link
      if ((await entry!.mode()) === 0o120000) return undefined;
      const bytes = await entry!.content();
      files.push({ path, bytes: Buffer.from(bytes!) });
      return path;
    },
  });
  return files;
}
