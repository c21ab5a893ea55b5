import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { AwsClients } from '@data-lake/aws';
import { Manifest } from '@data-lake/s3-sync';
import assert from 'node:assert/strict';

const manifestName = '.s3-sync-manifest.json';

export const digestOf = (bytes: Uint8Array | string) =>
  createHash('sha256').update(bytes).digest('hex');

/** The target of an upload. */
export interface Place {
  clients: AwsClients;
  bucket: string;
  prefix: string;
}

/** Returns the SHA-256 of all files below a folder, by path. */
export async function digestFolder(
  folder: string,
): Promise<Record<string, string>> {
  const entries = await readdir(folder, {
    recursive: true,
    withFileTypes: true,
  });
  const digests: Record<string, string> = {};
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    digests[file.slice(folder.length + 1)] = digestOf(await readFile(file));
  }
  return digests;
}

/**
 * Throws unless a prefix holds exactly these files, byte for byte, its manifest lists ours, and no unfinished
 * upload is left.
 *
 * @param expected - SHA-256 by path below the prefix; `foreign` files are there too, and not ours
 */
export async function assertUploaded(
  { clients, bucket, prefix }: Place,
  expected: Record<string, string>,
  foreign: Record<string, string> = {},
): Promise<void> {
  const { s3 } = clients;
  const { Contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
  );
  const there: Record<string, { sha256: string; etag: string; size: number }> =
    {};
  let manifest: Manifest | undefined;
  for (const { Key, ETag, Size } of Contents) {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: bucket, Key }),
    );
    const bytes = await Body!.transformToByteArray();
    const path = Key!.slice(prefix.length);
    if (path === manifestName) {
      manifest = Manifest.parse(JSON.parse(Buffer.from(bytes).toString()));
    } else {
      there[path] = { sha256: digestOf(bytes), etag: ETag!, size: Size! };
    }
  }
  assert.deepEqual(digestsOf(there), { ...expected, ...foreign });
  const ours = Object.entries(there).filter(([path]) => !(path in foreign));
  assert.deepEqual(
    Object.fromEntries(
      manifest!.files
        // the manifest keeps the deletions of an interrupted upload for one more upload
        .filter(({ path, etag }) => etag !== 'abandoned' || path in there)
        .map(({ path, ...entry }) => [path, entry]),
    ),
    Object.fromEntries(ours),
  );
  const { Uploads = [] } = await s3.send(
    new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }),
  );
  assert.deepEqual(Uploads, []);
}

const digestsOf = (entries: Record<string, { sha256: string }>) =>
  Object.fromEntries(
    Object.entries(entries).map(([path, { sha256 }]) => [path, sha256]),
  );
