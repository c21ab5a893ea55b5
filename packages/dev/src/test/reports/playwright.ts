import { describeFailure } from './failure.ts';
import { readReport } from './file.ts';
import type { Report } from './report.ts';

/** Reads a report of Playwright's JSON reporter. */
export function readPlaywrightReport(path: string): Report {
  const { stats, errors, suites }: PlaywrightReport = JSON.parse(
    readReport(path),
  );
  const specs = suites.flatMap(listSpecs);
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped + errors.length,
    failures: [
      ...errors.map(({ message }) => describeFailure('Playwright', message)),
      ...specs.flatMap(findFailure),
    ],
    durations: specs.map(spec => ({
      name: spec.title,
      seconds:
        listResults(spec).reduce((sum, { duration = 0 }) => sum + duration, 0) /
        1000,
    })),
  };
}

function listSpecs({ specs = [], suites = [] }: PlaywrightSuite): Spec[] {
  return [...specs, ...suites.flatMap(listSpecs)];
}

const listResults = ({ tests }: Spec) => tests.flatMap(test => test.results);

function findFailure(spec: Spec): string[] {
  const results = listResults(spec);
  const failed = results.find(({ error }) => error)?.error?.message;
  if (!spec.ok) return [describeFailure(spec.title, failed)];
  const skipped = results.some(({ status }) => status === 'skipped');
  return skipped ? [describeFailure(spec.title)] : [];
}

interface PlaywrightReport {
  stats: {
    expected: number;
    flaky: number;
    unexpected: number;
    skipped: number;
  };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
}

interface PlaywrightSuite {
  specs?: Spec[];
  suites?: PlaywrightSuite[];
}

interface Spec {
  title: string;
  ok: boolean;
  tests: {
    results: {
      status?: string;
      /** Milliseconds. */
      duration?: number;
      error?: { message?: string };
    }[];
  }[];
}
