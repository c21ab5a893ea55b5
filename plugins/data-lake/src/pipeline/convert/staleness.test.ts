import { findStaleAge, toShownHealth } from './staleness';

const now = Date.parse('2026-11-22T04:00:00Z');
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe('toShownHealth', () => {
  it('keeps the health of a fresh observation', () => {
    const environment = { observedAt: ago(2), health: 'healthy' as const };
    expect(toShownHealth(environment, now)).toBe('healthy');
    expect(findStaleAge(environment, now)).toBeUndefined();
  });

  it('shows a stale or missing observation as unknown', () => {
    const health = 'healthy' as const;
    const stale = { observedAt: ago(47), health };
    expect(toShownHealth(stale, now)).toBe('unknown');
    expect(findStaleAge(stale, now)).toBe(47 * 60_000);
    expect(toShownHealth({ observedAt: undefined, health }, now)).toBe(
      'unknown',
    );
  });
});
