import * as fc from 'fast-check';
import { Health, isEnded, lookUpState, RunState, worstHealth } from './state';

const health = fc.constantFrom(...Health.options);

describe('worstHealth', () => {
  it('is unknown of nothing', () => {
    expect(worstHealth([])).toBe('unknown');
  });

  it('is healthy only if all are', () => {
    fc.assert(
      fc.property(fc.array(health, { minLength: 1 }), healths => {
        expect(worstHealth(healths) === 'healthy').toBe(
          healths.every(each => each === 'healthy'),
        );
      }),
    );
  });

  it('is one of them, in whatever order and grouping', () => {
    const some = fc.array(health, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(some, some, (a, b) => {
        const worst = worstHealth([...a, ...b]);
        expect([...a, ...b]).toContain(worst);
        expect(worstHealth([...b, ...a])).toBe(worst);
        expect(worstHealth([worstHealth(a), worstHealth(b)])).toBe(worst);
      }),
    );
  });
});

describe('isEnded', () => {
  it('is true of four states', () => {
    expect(RunState.options.filter(isEnded)).toEqual([
      'succeeded',
      'failed',
      'cancelled',
      'skipped',
    ]);
  });
});

describe('lookUpState', () => {
  const mapping = { RUNNING: 'running' } as const;

  it('knows the words of the mapping only', () => {
    expect(lookUpState(mapping, 'RUNNING')).toBe('running');
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), word => {
        fc.pre(word !== 'RUNNING');
        expect(lookUpState(mapping, word)).toBe('unknown');
      }),
    );
  });

  it.each(['constructor', 'toString', '__proto__'])(
    'does not take %s, which every object has',
    word => expect(lookUpState(mapping, word)).toBe('unknown'),
  );
});
