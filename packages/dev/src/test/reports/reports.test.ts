import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJestReport } from './jest.ts';
import { readJunitReport } from './junit.ts';
import { readPlaywrightReport } from './playwright.ts';
import { sumReports } from './report.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('the counts that close a test run', () => {
  it('count a suite that could not run as a failure', () => {
    const path = write(
      'jest.json',
      JSON.stringify({
        numPassedTests: 7,
        numFailedTests: 1,
        numRuntimeErrorTestSuites: 1,
        testResults: [
          {
            name: 'a.test.ts',
            status: 'failed',
            message: 'of all its tests',
            assertionResults: [
              {
                fullName: 'one',
                status: 'passed',
                failureMessages: [],
                duration: 1500,
              },
              {
                fullName: 'two',
                status: 'failed',
                duration: null,
                failureMessages: [
                  'Error: \u001b[2mnot\u001b[22m so\n    at a.test.ts:1:1',
                ],
              },
            ],
          },
          {
            name: 'b.test.ts',
            status: 'failed',
            message: 'Cannot find module x',
            assertionResults: [],
          },
        ],
      }),
    );
    expect(readJestReport(path)).toEqual({
      passed: 7,
      failed: 2,
      failures: ['two: Error: not so', 'b.test.ts: Cannot find module x'],
      durations: [
        { name: 'one', seconds: 1.5 },
        { name: 'two', seconds: 0 },
      ],
    });
  });

  it('count a skipped test as a failure: it proved nothing', () => {
    const path = write(
      'pytest.xml',
      `<testsuites><testsuite>
        <testcase classname="t" name="a" time="2.5"/>
        <testcase classname="t" name="b"><skipped message="no Java"/></testcase>
        <testsuite><testcase classname="t" name="c"><failure>1 &lt; 2</failure></testcase></testsuite>
      </testsuite></testsuites>`,
    );
    expect(readJunitReport(path)).toEqual({
      passed: 1,
      failed: 2,
      failures: ['t b: no Java', 't c: 1 < 2'],
      durations: [
        { name: 't a', seconds: 2.5 },
        { name: 't b', seconds: 0 },
        { name: 't c', seconds: 0 },
      ],
    });
  });

  it('count what Playwright expected as passed, and all else as failed', () => {
    const result = (message: string) => [
      { results: [{ duration: 3000, error: { message } }] },
    ];
    const path = write(
      'e2e.json',
      JSON.stringify({
        stats: { expected: 2, flaky: 1, unexpected: 1, skipped: 1 },
        errors: [{ message: 'no browser' }],
        suites: [
          {
            specs: [{ title: 'fine', ok: true, tests: [] }],
            suites: [
              { specs: [{ title: 'a', ok: false, tests: result('late') }] },
              {
                specs: [
                  {
                    title: 'b',
                    ok: true,
                    tests: [{ results: [{ status: 'skipped' }] }],
                  },
                ],
              },
            ],
          },
        ],
      }),
    );
    expect(readPlaywrightReport(path)).toEqual({
      passed: 3,
      failed: 3,
      failures: ['Playwright: no browser', 'a: late', 'b: skipped'],
      durations: [
        { name: 'fine', seconds: 0 },
        { name: 'a', seconds: 3 },
        { name: 'b', seconds: 0 },
      ],
    });
  });

  it('fail if the tests wrote no report', () => {
    expect(() => readJestReport(join(folder, 'absent.json'))).toThrow(
      /did not run to their end/,
    );
  });

  it('add up', () => {
    expect(
      sumReports([
        {
          passed: 1,
          failed: 1,
          failures: ['a'],
          durations: [{ name: 'a', seconds: 1 }],
        },
        { passed: 3, failed: 1, failures: ['b'], durations: [] },
      ]),
    ).toEqual({
      passed: 4,
      failed: 2,
      failures: ['a', 'b'],
      durations: [{ name: 'a', seconds: 1 }],
    });
  });
});
