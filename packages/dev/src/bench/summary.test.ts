import { median, ratio, spread } from './summary.ts';

describe('what a benchmark tells', () => {
  it('is the middle of its rounds, and between which they lie', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(spread([1.234, 9, 2])).toBe('2.00 (1.23–9.00)');
    expect(spread([7], 0)).toBe('7');
  });

  it('compares to the first: above 1, the first is better', () => {
    expect(ratio(3, 2)).toBe('1.50×');
    expect(ratio(1, 2)).toBe('0.50×');
    expect(ratio(42, 2)).toBe('21×');
  });
});
