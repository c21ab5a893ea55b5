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
  it('has a line for each check, with what to do unless it passed', () => {
    const remedy = 'Fix it';
    expect(
      checksToMarkdown([
        aCheck({ remedy }),
        aCheck({ state: 'failed', remedy }),
        aCheck({ state: 'unknown' }),
      ]),
    ).toBe(
      [
        '- ✅ passed: Airflow has imported the DAG: `movielens`',
        '- ❌ failed: Airflow has imported the DAG: `movielens`',
        '  - what to do: `Fix it`',
        '- ❔ unknown: Airflow has imported the DAG: `movielens`',
        '',
      ].join('\n'),
    );
  });

  it('has as many lines whatever was found', () => {
    const anyCheck = fc.record({
      id: fc.constant('x'),
      title: fc.constant('Airflow has imported the DAG'),
      state: fc.constantFrom(...CheckState.options),
      reason: fc.string({ unit: fc.constantFrom('`', '\n', '\r', '<!--') }),
      remedy: fc.string({ unit: 'binary', minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(anyCheck, { maxLength: 4 }), checks => {
        const lines = checksToMarkdown(checks).split('\n').slice(0, -1);
        const harmless = checksToMarkdown(
          checks.map(check => ({ ...check, reason: 'x', remedy: 'x' })),
        );
        expect(lines.map(line => line.replace(/(`+)[^`].*\1$/, '`x`'))).toEqual(
          harmless.split('\n').slice(0, -1),
        );
      }),
    );
  });

  it('never shows an unknown check as passed', () => {
    const text = checksToMarkdown([aCheck({ state: 'unknown' })]);
    expect(text).not.toContain('passed');
  });
});
