import { RateLimiter } from './RateLimiter';

const target = '111122223333/eu-central-1';

describe('RateLimiter', () => {
  function create() {
    let time = 0;
    const limiter = new RateLimiter({
      burst: 3,
      perSecond: 0.5,
      now: () => time,
    });
    return { limiter, advance: (seconds: number) => (time += seconds * 1_000) };
  }
  const acquireAll = (limiter: RateLimiter) =>
    [1, 2, 3, 4, 5].filter(() => limiter.tryAcquire(target)).length;

  it('allows a burst, then one at a time as it refills, and never more than the burst', () => {
    const { limiter, advance } = create();
    expect(acquireAll(limiter)).toBe(3);
    advance(1);
    expect(acquireAll(limiter)).toBe(0);
    advance(1);
    expect(acquireAll(limiter)).toBe(1);
    advance(3_600);
    expect(acquireAll(limiter)).toBe(3);
  });

  it('limits each key apart', () => {
    const { limiter } = create();
    expect(acquireAll(limiter)).toBe(3);
    expect(limiter.tryAcquire('111122223333/us-east-1')).toBe(true);
  });

  it('waits, until the signal aborts', async () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 50 });
    const { signal } = new AbortController();
    await limiter.acquire(target, signal);
    await limiter.acquire(target, signal);
    const slow = new RateLimiter({ burst: 1, perSecond: 0.001 });
    slow.tryAcquire(target);
    await expect(slow.acquire(target, AbortSignal.timeout(20))).rejects.toThrow(
      /abort/i,
    );
  });
});
