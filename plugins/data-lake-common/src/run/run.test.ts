import * as fc from 'fast-check';
import { anyReport } from './__testUtils__/arbitraries';
import { makeStep } from './__testUtils__/makeRun';
import { Run, Step } from './run';
import { toPartOf } from './runPart';

describe('Run', () => {
  it('is the same after its way through JSON', () => {
    fc.assert(
      fc.property(anyReport, run => {
        const read = Run.parse(JSON.parse(JSON.stringify(run)));
        expect(read).toEqual(JSON.parse(JSON.stringify(run)));
      }),
    );
  });

  it('refuses a step of another shape', () => {
    const step = { ...makeStep('mwaa:task:a'), attempt: 1.5 };
    expect(Step.safeParse(step).success).toBe(false);
  });
});

describe('toPartOf', () => {
  it('is the run of the id, else of the key, and none without both', () => {
    expect(toPartOf({ runId: 'r~1', runKey: 'k' })).toEqual({ runId: 'r~1' });
    expect(toPartOf({ runKey: 'k' })).toEqual({ runKey: 'k' });
    expect([toPartOf({}), toPartOf({ runId: '', runKey: '' })]).toEqual([
      'none',
      'none',
    ]);
  });
});
