import {
  findDuration,
  findMedian,
  formatDuration,
  formatRoughly,
} from './duration';

const s = 1000;
const m = 60 * s;
const h = 60 * m;

describe('formatDuration', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [1400, '1.4 s'],
    [9940, '9.9 s'],
    [9960, '10 s'],
    [47 * s, '47 s'],
    [59.7 * s, '1 m 00 s'],
    [6 * m + 2 * s, '6 m 02 s'],
    [59 * m + 59.6 * s, '1 h 00 m'],
    [2 * h + 3 * m, '2 h 03 m'],
    [23 * h + 59.6 * m, '1 d 0 h'],
    [76 * h, '3 d 4 h'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

describe('formatRoughly', () => {
  it.each([
    [-1, '0 s'],
    [900, '1 s'],
    [12 * s, '12 s'],
    [59.6 * s, '1 m'],
    [90 * m, '90 m'],
    [26 * h, '26 h'],
    [50 * h, '2 d'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatRoughly(ms)).toBe(text);
  });
});

describe('findDuration', () => {
  const startedAt = '2026-11-22T02:00:00Z';
  const now = Date.parse('2026-11-22T02:00:10Z');
  it('measures to the end, or to now, and is never negative', () => {
    const endedAt = '2026-11-22T02:00:03Z';
    expect(findDuration({ startedAt, endedAt }, now)).toBe(3 * s);
    expect(findDuration({ startedAt }, now)).toBe(10 * s);
    expect(findDuration({ startedAt }, now - h)).toBe(0);
    expect(findDuration({}, now)).toBeUndefined();
  });
});

describe('findMedian', () => {
  it('returns the middle value', () => {
    expect(findMedian([])).toBeUndefined();
    expect(findMedian([5, 1, 3])).toBe(3);
    expect(findMedian([4, 1, 3, 2])).toBe(2.5);
  });
});
