import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../paths.ts';

/** The time of the last change of each file that Git tracks or would track, by path below the root. */
export type Snapshot = Map<string, number>;

/** Reads the times of all files, new ones too; ignored ones are left out. */
export async function takeSnapshot(): Promise<Snapshot> {
  const { stdout } = await promisify(execFile)(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root, maxBuffer: 64 * 1024 * 1024 },
  );
  const times = stdout
    .split('\0')
    .filter(path => path)
    .map(async path => {
      const file = await stat(join(root, path)).catch(() => undefined);
      return [path, file?.mtimeMs ?? 0] as const;
    });
  return new Map(await Promise.all(times));
}

/** Lists the paths that differ: changed, added or removed. */
export function listChanges(before: Snapshot, after: Snapshot): string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter(path => before.get(path) !== after.get(path));
}
