import { Check, CheckState } from '@data-lake/plugin-data-lake-common';
import * as fc from 'fast-check';
import { checksToMarkdown } from './checksToMarkdown';

const aCheck = (change: Partial<Check>): Check => ({
  id: 'dag',
  title: 'Airflow has imported the DAG',
  state: 'passed',
  reason: 'movielens',
  ...change,
});

describe('checksToMarkdown', () => {
  it('has a row for each check, with what to do unless it passed', () => {
    const remedy = 'Fix it';
    expect(
      checksToMarkdown([
        aCheck({ remedy }),
        aCheck({ state: 'failed', remedy }),
        aCheck({ state: 'unknown' }),
      ]),
    ).toBe(
      [
        '| | check | result | what to do |',
        '| --- | --- | --- | --- |',
        '| ✅ passed | Airflow has imported the DAG | movielens |  |',
        '| ❌ failed | Airflow has imported the DAG | movielens | Fix it |',
        '| ❔ unknown | Airflow has imported the DAG | movielens |  |',
        '',
      ].join('\n'),
    );
  });

  it('has one line a check and four cells a line, whatever the texts', () => {
    const anyCheck = fc.record({
      id: fc.constant('x'),
      title: fc.string(),
      state: fc.constantFrom(...CheckState.options),
      reason: fc.string({ unit: fc.constantFrom('|', '\\', '\n', '\r', 'a') }),
      remedy: fc.string({ unit: 'binary' }),
    });
    fc.assert(
      fc.property(fc.array(anyCheck), checks => {
        const rows = checksToMarkdown(checks).split('\n').slice(2, -1);
        expect(rows).toHaveLength(checks.length);
        for (const row of rows) {
          // as GitHub reads it: a backslash takes the next character with it
          const bars = row.replace(/\\[\\|]/g, '').match(/\|/g);
          expect(bars).toHaveLength(5);
        }
      }),
    );
  });

  it('never shows an unknown check as passed', () => {
    const text = checksToMarkdown([aCheck({ state: 'unknown' })]);
    expect(text).not.toContain('passed');
  });
});
