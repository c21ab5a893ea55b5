import { existsSync, readFileSync } from 'node:fs';
import { fail } from './output.ts';

export interface Counts {
  passed: number;
  failed: number;
}

export function add(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed };
}

/** `jest --json`: a suite that could not run counts as a failure. */
export function readJestReport(path: string): Counts {
  const report = JSON.parse(read(path));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
  };
}

/** JUnit XML, as pytest and Node's test runner write it. A skipped test counts as a failure: it proved nothing. */
export function readJunitReport(path: string): Counts {
  const xml = read(path);
  const cases = xml.match(/<testcase\b/g)?.length ?? 0;
  const failed = xml.match(/<(failure|error|skipped)\b/g)?.length ?? 0;
  return { passed: cases - failed, failed };
}

/** Playwright's JSON reporter. */
export function readPlaywrightReport(path: string): Counts {
  const { stats, errors } = JSON.parse(read(path));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped + errors.length,
  };
}

function read(path: string): string {
  return existsSync(path)
    ? readFileSync(path, 'utf8')
    : fail(
        `The tests wrote no report (${path}): they did not run to their end`,
      );
}
