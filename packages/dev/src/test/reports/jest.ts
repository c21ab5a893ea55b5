import { describeFailure } from './failure.ts';
import { readReport } from './file.ts';
import type { Report } from './report.ts';

/** Reads a report of `jest --json`. A suite that could not run counts as a failure. */
export function readJestReport(path: string): Report {
  const report: JestReport = JSON.parse(readReport(path));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    failures: report.testResults.flatMap(suite => {
      const tests = suite.assertionResults.filter(
        ({ status }) => status === 'failed',
      );
      return suite.status === 'failed' && tests.length === 0
        ? [describeFailure(suite.name, suite.message)]
        : tests.map(test =>
            describeFailure(test.fullName, test.failureMessages[0]),
          );
    }),
    durations: report.testResults
      .flatMap(suite => suite.assertionResults)
      .map(({ fullName, duration }) => ({
        name: fullName,
        seconds: (duration ?? 0) / 1000,
      })),
  };
}

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numRuntimeErrorTestSuites: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: {
      fullName: string;
      status: string;
      failureMessages: string[];
      /** Milliseconds. */
      duration?: number | null;
    }[];
  }[];
}
