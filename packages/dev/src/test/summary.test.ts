import { emptyReport } from './reports/report.ts';
import type { PartResult } from './runParts.ts';
import { summarize } from './summary.ts';

const unit: PartResult = {
  name: 'unit',
  seconds: 66.04,
  report: {
    ...emptyReport,
    passed: 12,
    durations: Array.from({ length: 12 }, (_, i) => ({
      name: `test ${i}`,
      seconds: i / 10,
    })),
  },
};

const e2e: PartResult = {
  name: 'e2e',
  seconds: 118,
  report: {
    passed: 0,
    failed: 1,
    failures: ['main job: late'],
    durations: [{ name: `main job ${'x'.repeat(200)}`, seconds: 100.26 }],
  },
};

/** The two parts ran side by side. */
const measures = { seconds: 120.04, busyCores: 1.83 };

describe('the summary of a run', () => {
  it('tells seconds and tests by part, and the load of the whole run', () => {
    const [heading, ...rows] = summarize([unit, e2e], measures).split('\n');
    expect(heading).toMatch(/^part +seconds +tests +busy cores \(of \d+\)$/);
    expect(rows.slice(0, 3).map(row => row.split(/ +/))).toEqual([
      ['unit', '66.0', '12'],
      ['e2e', '118.0', '1'],
      ['all', '120.0', '13', '1.8'],
    ]);
  });

  it('tells the ten slowest tests of all parts, slowest first', () => {
    const slowest = summarize([unit, e2e], measures)
      .split('\n\n')[1]
      .split('\n');
    expect(slowest).toHaveLength(11);
    expect(slowest[0]).toBe('Slowest tests');
    expect(slowest[1]).toMatch(/^ {2}100\.3 s {2}e2e: main job x+…$/);
    expect(slowest[2]).toBe('    1.1 s  unit: test 11');
    expect(slowest[10]).toBe('    0.3 s  unit: test 3');
  });

  it('ends with all failures and the logs of their parts', () => {
    const [failed, ...failures] = summarize([unit, e2e], measures)
      .split('\n\n')[2]
      .split('\n');
    expect(failed).toMatch(/^Failed: e2e \(.*tests-e2e\.log\)$/);
    expect(failures).toEqual(['✘ main job: late']);
  });

  it('has no failures if none happened', () => {
    expect(summarize([unit], measures)).not.toMatch(/Failed|✘/);
  });
});
