import { setTimeout as sleep } from 'node:timers/promises';

/** Buckets kept at most: those that are full again say nothing. */
const maxBuckets = 10_000;

/** Limits the rate of something for each key, such as an account and region, or a user. */
export class RateLimiter {
  constructor(
    private readonly options: {
      /** How many at once after a quiet time. */
      burst: number;
      /** How many a second in the long run. */
      perSecond: number;
      now?: () => number;
    },
  ) {}

  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** Acquires one; false if there were too many recently. */
  tryAcquire(key: string): boolean {
    const tokens = this.countTokens(key);
    if (tokens < 1) return false;
    this.setTokens(key, tokens - 1);
    return true;
  }

  /** Waits for one. @throws the reason of `signal` */
  async acquire(key: string, signal?: AbortSignal): Promise<void> {
    while (!this.tryAcquire(key)) {
      const missing = 1 - this.countTokens(key);
      const seconds = missing / this.options.perSecond;
      // a wait keeps no process alive
      await sleep(seconds * 1_000, undefined, { signal, ref: false });
    }
  }

  private countTokens(key: string): number {
    const { burst, perSecond } = this.options;
    const bucket = this.buckets.get(key);
    if (!bucket) return burst;
    const seconds = (this.now() - bucket.at) / 1_000;
    return Math.min(burst, bucket.tokens + seconds * perSecond);
  }

  private setTokens(key: string, tokens: number) {
    if (this.buckets.size >= maxBuckets) this.dropFull();
    this.buckets.set(key, { tokens, at: this.now() });
  }

  private dropFull() {
    for (const key of this.buckets.keys()) {
      if (this.countTokens(key) === this.options.burst) {
        this.buckets.delete(key);
      }
    }
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }
}
