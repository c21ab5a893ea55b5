/** The result of a part's tests. */
export interface Report {
  passed: number;
  failed: number;
  /** Each failed test, by its name and the start of its message: `<suite> › <test>: <message>`. */
  failures: string[];
  /** Each test with the seconds that it took, where its runner reports them. */
  durations: TestDuration[];
}

export interface TestDuration {
  name: string;
  seconds: number;
}

export const emptyReport: Report = {
  passed: 0,
  failed: 0,
  failures: [],
  durations: [],
};

/** Adds up reports. */
export function sumReports(reports: readonly Report[]): Report {
  return reports.reduce(
    (sum, report) => ({
      passed: sum.passed + report.passed,
      failed: sum.failed + report.failed,
      failures: [...sum.failures, ...report.failures],
      durations: [...sum.durations, ...report.durations],
    }),
    emptyReport,
  );
}
