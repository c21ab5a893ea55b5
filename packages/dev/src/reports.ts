import { existsSync, readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { XMLParser } from 'fast-xml-parser';
import { fail } from './output.ts';

export interface Report {
  passed: number;
  failed: number;
  /** What failed, each by its name and the start of why: `<suite> › <test>: <message>`. */
  failures: string[];
}

export const nothing: Report = { passed: 0, failed: 0, failures: [] };

export function add(a: Report, b: Report): Report {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    failures: [...a.failures, ...b.failures],
  };
}

/** `jest --json`: a suite that could not run counts as a failure. */
export function readJestReport(path: string): Report {
  const report: JestReport = JSON.parse(read(path));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites,
    failures: report.testResults.flatMap(suite => {
      const tests = suite.assertionResults.filter(
        ({ status }) => status === 'failed',
      );
      return suite.status === 'failed' && tests.length === 0
        ? [tell(suite.name, suite.message)]
        : tests.map(test => tell(test.fullName, test.failureMessages[0]));
    }),
  };
}

/** JUnit XML, as pytest and Node's test runner write it. A skipped test counts as a failure: it proved nothing. */
export function readJunitReport(path: string): Report {
  const cases = findCases(parser.parse(read(path)));
  const failures = cases.flatMap(each => {
    const why = each.failure ?? each.error ?? each.skipped;
    const message = (why?.[0]?.message || why?.[0]?.['#text']) ?? '';
    return why ? [tell(`${each.classname} ${each.name}`, message)] : [];
  });
  return {
    passed: cases.length - failures.length,
    failed: failures.length,
    failures,
  };
}

/** Playwright's JSON reporter. */
export function readPlaywrightReport(path: string): Report {
  const { stats, errors, suites }: PlaywrightReport = JSON.parse(read(path));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + stats.skipped + errors.length,
    failures: [
      ...errors.map(({ message }) => tell('Playwright', message)),
      ...suites.flatMap(tellSpecs),
    ],
  };
}

function tellSpecs({ specs = [], suites = [] }: PlaywrightSuite): string[] {
  return [
    ...specs.flatMap(({ title, ok, tests }) => {
      const results = tests.flatMap(test => test.results);
      const failed = results.find(({ error }) => error)?.error?.message;
      if (!ok) return [tell(title, failed)];
      const skipped = results.some(({ status }) => status === 'skipped');
      return skipped ? [tell(title)] : [];
    }),
    ...suites.flatMap(tellSpecs),
  ];
}

/** The first lines of a message say what was expected; the stack is in the log. */
function tell(name: string, message = 'skipped'): string {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !line.startsWith('at '));
  return `${name}: ${lines.slice(0, 6).join(' ⏎ ').slice(0, 400)}`;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  alwaysCreateTextNode: true,
  parseTagValue: false,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
});

function findCases(node: JunitNode): JunitCase[] {
  const { testcase = [], testsuite = [], testsuites = [] } = node;
  return [
    ...testcase,
    ...[...testsuites, ...testsuite].flatMap(each => findCases(each)),
  ];
}

function read(path: string): string {
  return existsSync(path)
    ? readFileSync(path, 'utf8')
    : fail(
        `The tests wrote no report (${path}): they did not run to their end`,
      );
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
    }[];
  }[];
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
  specs?: {
    title: string;
    ok: boolean;
    tests: {
      results: { status?: string; error?: { message?: string } }[];
    }[];
  }[];
  suites?: PlaywrightSuite[];
}

interface JunitNode {
  testcase?: JunitCase[];
  testsuite?: JunitNode[];
  testsuites?: JunitNode[];
}

type Why = { message?: string; '#text'?: string }[];

interface JunitCase {
  classname: string;
  name: string;
  failure?: Why;
  error?: Why;
  skipped?: Why;
}
