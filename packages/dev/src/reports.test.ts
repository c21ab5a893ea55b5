import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  add,
  readJestReport,
  readJunitReport,
  readPlaywrightReport,
} from './reports.ts';

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
      '{"numPassedTests":7,"numFailedTests":1,"numRuntimeErrorTestSuites":2}',
    );
    expect(readJestReport(path)).toEqual({ passed: 7, failed: 3 });
  });

  it('count a skipped test as a failure: it proved nothing', () => {
    const path = write(
      'pytest.xml',
      `<testsuites><testsuite>
        <testcase name="a"/>
        <testcase name="b"><skipped message="no Java"/></testcase>
        <testcase name="c"><failure>x</failure></testcase>
      </testsuite></testsuites>`,
    );
    expect(readJunitReport(path)).toEqual({ passed: 1, failed: 2 });
  });

  it('count what Playwright expected as passed, and all else as failed', () => {
    const path = write(
      'e2e.json',
      '{"stats":{"expected":2,"flaky":1,"unexpected":1,"skipped":1},"errors":[{}]}',
    );
    expect(readPlaywrightReport(path)).toEqual({ passed: 3, failed: 3 });
  });

  it('fail where the tests wrote no report', () => {
    expect(() => readJestReport(join(folder, 'absent.json'))).toThrow(
      /did not run to their end/,
    );
  });

  it('add up', () => {
    expect(add({ passed: 1, failed: 2 }, { passed: 3, failed: 4 })).toEqual({
      passed: 4,
      failed: 6,
    });
  });
});
