import { mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { collectFiles, uploadFiles } from '@data-lake/s3-sync';
import assert from 'node:assert/strict';
import { assertUploaded, digestFolder, digestOf } from './prefix';
import { Work, WorkOptions } from './work';

const prefix = 'dags/killed/';

/** What a folder holds: text by path, or a number of bytes. */
type Tree = Record<string, string | number>;

const before: Tree = {
  'lib/same.py': 'same',
  'lib/changed.py': 'before',
  'lib/gone.py': 'gone',
};

/** One goes in two parts. */
const after: Tree = {
  'lib/same.py': 'same',
  'lib/changed.py': 'after',
  'lib/large.whl': 9 * 1024 * 1024,
  'dag.py': 'dag',
};

const foreign = { 'lib/foreign.py': 'of somebody else' };

/** A folder as it was is replaced in a bucket by the folder as it is: some files new, some gone. */
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

/** The killed process and the one after it read the same files. */
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
