import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../../output.ts';
import { local } from '../../paths.ts';

/** Folder of the reports that the test runners write. */
export const reportsFolder = join(local, 'reports');

/** Path of a report. */
export function reportPath(name: string): string {
  return join(reportsFolder, name);
}

/** Reads a report. @throws UserError if the runner wrote none */
export function readReport(path: string): string {
  return existsSync(path)
    ? readFileSync(path, 'utf8')
    : fail(
        `The tests wrote no report (${path}): they did not run to their end`,
      );
}
