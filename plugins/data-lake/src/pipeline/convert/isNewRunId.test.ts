import { toRunId } from '@data-lake/plugin-data-lake-common';
import { isNewRunId } from './isNewRunId';

const now = Date.parse('2026-11-22T12:45:00Z');

describe('isNewRunId', () => {
  it('recognizes our own run ids, for some minutes', () => {
    expect(isNewRunId(toRunId(new Date(now - 60_000), '7f3a'), now)).toBe(true);
    expect(isNewRunId(toRunId(new Date(now - 6e5), '7f3a'), now)).toBe(false);
  });

  it.each([undefined, '', 'elder', 'scheduled__2026-11-22T12:44:00+00:00'])(
    'does not wait for %p',
    id => expect(isNewRunId(id, now)).toBe(false),
  );
});
