import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../paths.ts';
import { run } from '../processes.ts';

/** Time and memory of a command and its children. */
export interface Measured {
  /** Wall time. */
  seconds: number;
  cpuSeconds: number;
  /** Resident memory of the largest process. */
  peakMiB: number;
}

/** Runs a command in a fresh process and measures it; see measure.py. @throws UserError if it fails */
export async function measure(
  command: Parameters<typeof run>[0],
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const report = join(folder, 'measured.json');
  try {
    await run({
      ...command,
      command: 'python3',
      args: [
        join(root, 'packages/dev/src/bench/measure.py'),
        report,
        command.command,
        ...command.args,
      ],
    });
    return JSON.parse(await readFile(report, 'utf8')) as Measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
