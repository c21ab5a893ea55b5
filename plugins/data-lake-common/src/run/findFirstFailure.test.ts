import * as fc from 'fast-check';
import { anyReport } from './__testUtils__/arbitraries';
import { makeRun, makeStep } from './__testUtils__/makeRun';
import { findFirstFailure } from './findFirstFailure';

describe('findFirstFailure', () => {
  const task = makeStep('mwaa:task:start', { state: 'failed', to: 9 });
  const execution = makeStep('stepfunctions:execution:e', {
    parent: task.id,
    state: 'failed',
    to: 8,
  });
  const late = makeStep('mwaa:task:other', { state: 'failed', to: 10 });

  it('finds the failed step without a failed step below, that failed first', () => {
    const run = makeRun([late, task, execution], { state: 'failed' });
    expect(findFirstFailure(run)).toBe(execution);
  });

  it('takes a step without an end for the last one', () => {
    const open = makeStep('mwaa:task:a', { state: 'failed' });
    const run = makeRun([open, late], { state: 'failed' });
    expect(findFirstFailure(run)).toBe(late);
  });

  it('blames no step of an earlier try of a task', () => {
    const failed = (id: string, from: number, to: number, parent?: string) =>
      makeStep(id, { parent, state: 'failed', from, to });
    const again = failed('mwaa:task:start', 20, 31);
    const steps = [
      again,
      failed('stepfunctions:execution:e_1', 2, 8, again.id),
      failed('stepfunctions:execution:e_2', 21, 30, again.id),
    ];
    const run = makeRun(steps, { state: 'failed' });
    expect(findFirstFailure(run)).toBe(steps[2]);
  });

  it('finds nothing in a run that did not fail, whatever its steps did', () => {
    fc.assert(
      fc.property(anyReport, run => {
        const first = findFirstFailure(run);
        const failed = run.steps.filter(step => step.state === 'failed');
        expect(first !== undefined).toBe(
          run.state === 'failed' && failed.length > 0,
        );
        expect([undefined, ...failed]).toContain(first);
      }),
    );
  });

  it('does not depend on the order of the steps', () => {
    fc.assert(
      fc.property(anyReport, run => {
        const reversed = { ...run, steps: [...run.steps].reverse() };
        expect(findFirstFailure(reversed)).toEqual(findFirstFailure(run));
      }),
    );
  });
});
