import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { collectFiles, uploadFiles } from '@data-lake/s3-sync';
import assert from 'node:assert/strict';
import { assertUploaded, digestFolder, digestOf } from './prefix';
import { Work, WorkOptions } from './work';

const prefix = 'dags/killed/';

/** The content of a folder: by path, a text or a number of bytes. */
type Tree = Record<string, string | number>;

const before: Tree = {
  'lib/same.py': 'same',
  'lib/changed.py': 'before',
  'lib/gone.py': 'gone',
};

/** Files, of which one is uploaded in two parts. */
const after: Tree = {
  'lib/same.py': 'same',
  'lib/changed.py': 'after',
  'lib/large.whl': 9 * 1024 * 1024,
  'dag.py': 'dag',
};

const foreign = { 'lib/foreign.py': 'of somebody else' };

/** Replaces a folder in a bucket by its next version, with new, changed and deleted files. */
export const uploadFolder: Work = {
  async prepare(options) {
    const { clients, unique } = options;
    await clients.s3.send(new CreateBucketCommand({ Bucket: unique }));
    for (const [path, Body] of Object.entries(foreign)) {
      await clients.s3.send(
        new PutObjectCommand({ Bucket: unique, Key: prefix + path, Body }),
      );
    }
    await writeTree(options, before);
    await upload(options);
    await writeTree(options, after);
  },
  run: options => upload(options),
  async verify({ clients, unique, result }) {
    assert.equal(result.prefix, prefix);
    const place = { clients, bucket: unique, prefix };
    const others = Object.entries(foreign).map(([path, text]) => [
      path,
      digestOf(text),
    ]);
    const folder = folderOf(unique);
    await assertUploaded(
      place,
      await digestFolder(folder),
      Object.fromEntries(others),
    );
    await rm(folder, { recursive: true });
  },
};

async function upload({ clients, unique }: WorkOptions) {
  return uploadFiles({
    clients,
    bucket: unique,
    prefix,
    files: () => collectFiles({ source: folderOf(unique), files: ['**'] }),
    delete: true,
    log: () => {},
  });
}

/** Writes the files once, for the killed process and for the next one. */
const folderOf = (unique: string) => join(tmpdir(), `data-lake-${unique}`);

async function writeTree({ unique }: WorkOptions, tree: Tree): Promise<void> {
  const folder = folderOf(unique);
  await rm(folder, { recursive: true, force: true });
  for (const [path, content] of Object.entries(tree)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(
      file,
      typeof content === 'string' ? content : Buffer.alloc(content, 'content'),
    );
  }
}
