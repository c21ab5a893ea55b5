import { createHash } from 'node:crypto';
import { mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A folder to upload. */
export interface Tree {
  folder: string;
  /** Expected contents, by path. */
  files: Map<string, Buffer>;
}

const smallFiles = 500;
const largeBytes = 20 * 1024 * 1024;

/** A time long before any object is written. */
const oldTime = new Date('2020-01-02T03:04:05Z');

/** Writes small files of 0.5 to 8 KiB in folders, as a project has them, and a large one; the same for the same seed. */
export async function makeTree(folder: string, seed: number): Promise<Tree> {
  await rm(folder, { recursive: true, force: true });
  const files = new Map<string, Buffer>();
  for (let i = 0; i < smallFiles; i++) {
    const bytes = 512 + ((i * 7919) % 7680);
    files.set(
      `package${i % 20}/module${i}.py`,
      pseudoRandom(`${seed}-${i}`, bytes),
    );
  }
  files.set('wheels/large.whl', pseudoRandom(`${seed}-large`, largeBytes));
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await write(folder, path, content);
  }
  return { folder, files };
}

/** Changes the contents of some small files, and keeps their sizes and first times. @returns their paths */
export async function editSameSize(
  { folder, files }: Tree,
  count: number,
): Promise<string[]> {
  const step = Math.floor(smallFiles / count);
  const paths = [...files.keys()].filter((_, i) => i % step === 0);
  const edited = paths.slice(0, count);
  for (const path of edited) {
    const content = Buffer.from(files.get(path)!);
    content[0] ^= 1;
    files.set(path, content);
    await write(folder, path, content);
  }
  return edited;
}

async function write(
  folder: string,
  path: string,
  content: Buffer,
): Promise<void> {
  await writeFile(join(folder, path), content);
  await utimes(join(folder, path), oldTime, oldTime);
}

/** Makes bytes that do not compress and depend on the seed alone. */
function pseudoRandom(seed: string, bytes: number): Buffer {
  return createHash('shake256', { outputLength: bytes }).update(seed).digest();
}
