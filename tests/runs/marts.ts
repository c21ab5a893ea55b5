import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { root } from '../cases/render';
import { DataLake } from './dataLake';
import { clients, readRows } from './localAws';

type Marts = Record<string, Record<string, unknown>[]>;

const names = ['most_popular_movies', 'top_rated_movies'];

/**
 * Reads the marts that the run wrote to the data bucket.
 *
 * @throws Error if a mart is empty, because two empty marts would be equal
 */
export async function readMarts({ outputs }: DataLake): Promise<Marts> {
  const marts: Marts = {};
  for (const name of names) {
    marts[name] = await readRows(outputs.DatabaseName, name, 'rank');
    if (marts[name].length === 0) throw new Error(`The mart ${name} is empty`);
  }
  return marts;
}

/** Computes the marts with DuckDB from the raw files of the run. */
export async function computeMarts({ outputs }: DataLake): Promise<Marts> {
  const folder = await mkdtemp(join(tmpdir(), 'data-lake-raw-'));
  try {
    await download(outputs.DataBucketName, folder);
    const { stdout } = await promisify(execFile)(
      join(root, 'skeleton/.venv/spark/bin/python'),
      [join(__dirname, 'marts.py'), folder],
      { maxBuffer: 64 * 1024 * 1024 },
    );
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function download(bucket: string, folder: string): Promise<void> {
  const { Contents = [] } = await clients.s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: 'raw/' }),
  );
  for (const { Key } of Contents.filter(each => each.Key!.endsWith('.csv'))) {
    const { Body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: bucket, Key }),
    );
    const bytes = await Body!.transformToByteArray();
    await writeFile(join(folder, basename(Key!)), bytes);
  }
}
