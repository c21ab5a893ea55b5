import { toTable } from './table.ts';

describe('toTable', () => {
  it('aligns numbers to the right', () => {
    expect(
      toTable([
        ['create', 'seconds'],
        ['ours', '1.0'],
      ]),
    ).toBe('create  seconds\nours        1.0');
  });
});
