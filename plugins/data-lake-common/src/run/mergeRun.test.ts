import * as fc from 'fast-check';
import { anyReport } from './__testUtils__/arbitraries';
import { makeRun, makeStep } from './__testUtils__/makeRun';
import { findFirstFailure } from './findFirstFailure';
import { mergeRun } from './mergeRun';
import { Run, Step } from './run';

const root = 'mwaa:DAG run:root';
const cluster = 'emr:cluster:j-1';
const execution = 'stepfunctions:execution:r';
const step = (id: string, more: Partial<Step> = {}) =>
  makeStep(id, { state: 'running', from: 0, ...more });

describe('mergeRun', () => {
  it('takes what is newer, and keeps what was not reported this time', () => {
    const before = makeRun([step(root), step(cluster, { parent: root })]);
    const fresh = makeRun([step(root, { state: 'failed' })], {
      state: 'failed',
    });
    const merged = mergeRun(before, fresh);
    expect(merged).toMatchObject({ state: 'failed', firstFailure: root });
    expect(merged.steps.map(s => [s.id, s.state])).toEqual([
      [root, 'failed'],
      [cluster, 'running'],
    ]);
  });

  it('does not let the execution alone pass for the whole run', () => {
    const before = makeRun([step(root), step(execution, { parent: root })]);
    const fresh = makeRun([step(execution, { state: 'succeeded' })], {
      id: 'other spelling',
      state: 'succeeded',
      trigger: 'execution',
    });
    expect(mergeRun(before, fresh)).toMatchObject({
      id: 'r',
      state: 'running',
      trigger: 'manual',
      steps: [
        { id: root },
        { id: execution, state: 'succeeded', parent: root },
      ],
    });
  });

  it('takes the whole run over the execution that was known first', () => {
    const before = makeRun([step(execution)], { trigger: 'execution' });
    const fresh = makeRun([step(root), step(execution, { parent: root })]);
    expect(mergeRun(before, fresh)).toMatchObject({
      trigger: 'manual',
      steps: [{ id: root }, { id: execution, parent: root }],
    });
  });

  it('hangs at the root what the new root does not tell of', () => {
    const before = makeRun([step(execution)], { trigger: 'execution' });
    expect(mergeRun(before, makeRun([step(root)])).steps).toMatchObject([
      { id: root },
      { id: execution, parent: root },
    ]);
  });
});

describe('mergeRun, of any two reports', () => {
  const idsOf = (...runs: Run[]) =>
    [...new Set(runs.flatMap(run => run.steps.map(({ id }) => id)))].sort();

  it('is idempotent', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (before, fresh) => {
        const merged = mergeRun(before, fresh);
        expect(mergeRun(merged, merged)).toEqual(merged);
        expect(mergeRun(merged, fresh)).toEqual(merged);
      }),
    );
  });

  it('loses no step, and invents none', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (before, fresh) => {
        expect(idsOf(mergeRun(before, fresh))).toEqual(idsOf(before, fresh));
      }),
    );
  });

  it('does not depend on how reports are grouped', () => {
    fc.assert(
      fc.property(anyReport, anyReport, anyReport, (a, b, c) => {
        expect(mergeRun(mergeRun(a, b), c)).toEqual(
          mergeRun(a, mergeRun(b, c)),
        );
      }),
    );
  });

  it('does not depend on the order of reports of the same time', () => {
    const sameTime = anyReport.chain(({ steps: [first, ...rest], ...run }) => {
      const part = fc
        .shuffledSubarray(rest)
        .map((steps): Run => ({ ...run, steps: [first, ...steps] }));
      return fc.tuple(part, part);
    });
    fc.assert(
      fc.property(sameTime, ([a, b]) => {
        expect(mergeRun(a, b)).toEqual(mergeRun(b, a));
      }),
    );
  });

  it('gives one tree, whose first failure is that of its steps', () => {
    fc.assert(
      fc.property(anyReport, anyReport, (before, fresh) => {
        const merged = mergeRun(before, fresh);
        const ids = merged.steps.map(({ id }) => id);
        const [first, ...rest] = merged.steps;
        expect(first.parent).toBeUndefined();
        for (const { parent } of rest) expect(ids).toContain(parent);
        expect(merged.firstFailure).toBe(findFirstFailure(merged)?.id);
      }),
    );
  });
});
