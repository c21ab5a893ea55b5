import { yarn } from '../../paths.ts';
import { runForCode } from '../../processes.ts';
import type { Part } from '../part.ts';
import { reportPath } from '../reports/file.ts';
import { readJestReport } from '../reports/jest.ts';

/** The unit tests of all packages. */
export const unit: Part = {
  async run() {
    await runForCode({
      name: 'tests unit',
      command: process.execPath,
      args: [
        yarn,
        'backstage-cli',
        'repo',
        'test',
        '--json',
        `--outputFile=${reportPath('unit.json')}`,
      ],
      env: { ...process.env, CI: 'true' },
    });
    return readJestReport(reportPath('unit.json'));
  },
};
