import { availableParallelism, totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { yarn } from '../../paths.ts';
import { runForCode } from '../../processes.ts';
import type { Part } from '../part.ts';
import { reportPath } from '../reports/file.ts';
import { readJestReport } from '../reports/jest.ts';

const workers = Math.max(2, availableParallelism() - 1);

/**
 * Bytes that a worker may keep between two files before it is replaced, which costs what it has loaded and
 * compiled: half of what its heap holds, and half of the machine's memory for all workers.
 */
const memoryLimit = Math.floor(
  Math.min(getHeapStatistics().heap_size_limit, totalmem() / workers) / 2,
);

/** The unit tests of all packages. */
export const unit: Part = {
  cores: workers,
  async run() {
    await runForCode({
      name: 'tests unit',
      command: process.execPath,
      args: [
        yarn,
        'backstage-cli',
        'repo',
        'test',
        `--maxWorkers=${workers}`,
        `--workerIdleMemoryLimit=${memoryLimit}`,
        '--json',
        `--outputFile=${reportPath('unit.json')}`,
      ],
      env: { ...process.env, CI: 'true' },
    });
    return readJestReport(reportPath('unit.json'));
  },
};
