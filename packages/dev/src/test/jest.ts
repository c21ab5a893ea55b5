import { join } from 'node:path';
import { root, yarn } from '../paths.ts';
import { runForCode } from '../processes.ts';
import { reportPath } from './reports/file.ts';
import { readJestReport } from './reports/jest.ts';
import type { Report } from './reports/report.ts';

/** Runs the tests in `tests/<folder>`. */
export async function runJest(
  folder: string,
  env: NodeJS.ProcessEnv,
  { workers = 1 } = {},
): Promise<Report> {
  const outputFile = reportPath(`${folder}.json`);
  await runForCode({
    name: `tests ${folder}`,
    command: process.execPath,
    args: [
      yarn,
      'workspace',
      'tests',
      'backstage-cli',
      'package',
      'test',
      '--watchAll=false',
      workers === 1 ? '--runInBand' : `--maxWorkers=${workers}`,
      `--rootDir=${join(root, 'tests', folder)}`,
      '--json',
      `--outputFile=${outputFile}`,
    ],
    env: { ...env, CI: 'true' },
  });
  return readJestReport(outputFile);
}

/** An option of Node.js that the scaffolder's templating needs. */
export const forTemplating = { NODE_OPTIONS: '--no-node-snapshot' };
