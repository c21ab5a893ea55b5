import * as fc from 'fast-check';
import { Check, CheckState, worstOf } from './check';

const check = fc.record({
  id: fc.string(),
  title: fc.string(),
  state: fc.constantFrom(...CheckState.options),
  reason: fc.string(),
});

describe('worstOf', () => {
  it('is unknown of nothing', () => {
    expect(worstOf([])).toBe('unknown');
  });

  it('is passed only if all are, and failed if any is', () => {
    fc.assert(
      fc.property(fc.array(check, { minLength: 1 }), checks => {
        const states = checks.map(({ state }) =>
          Check.shape.state.parse(state),
        );
        const worst = worstOf(checks);
        expect(worst === 'passed').toBe(states.every(s => s === 'passed'));
        expect(worst === 'failed').toBe(states.includes('failed'));
        expect(worstOf([...checks].reverse())).toBe(worst);
      }),
    );
  });
});
