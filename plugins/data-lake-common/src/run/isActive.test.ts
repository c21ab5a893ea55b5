import { RunState } from '../state';
import { isActive } from './isActive';

describe('isActive', () => {
  it.each<[RunState, boolean]>([
    ['queued', true],
    ['running', true],
    ['late', true],
    ['unknown', true],
    ['succeeded', false],
    ['failed', false],
    ['cancelled', false],
    ['skipped', false],
  ])('%s: %s', (state, expected) => {
    expect(isActive({ state })).toBe(expected);
  });

  it('takes a late run that has an end for over', () => {
    expect(isActive({ state: 'late', endedAt: '2026-11-22T10:00:00Z' })).toBe(
      false,
    );
  });
});
