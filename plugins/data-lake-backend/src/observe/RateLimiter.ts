import { setTimeout as sleep } from 'node:timers/promises';
import { AwsTarget } from '@data-lake/aws';

/**
 * Limits the rate of observations of each account and region: the narrowest quota, EMR's ListClusters
 * and ListSteps, refills one call in two seconds, and an observation makes one to two of each.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-quotas.html
 */
export class RateLimiter {
  constructor(
    private readonly options: {
      /** Observations at once after a quiet time. */
      burst: number;
      /** Observations a second in the long run. */
      perSecond: number;
      now?: () => number;
    } = { burst: 8, perSecond: 0.4 },
  ) {}

  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** Acquires one observation; false if there were too many recently. */
  tryAcquire(target: AwsTarget): boolean {
    const tokens = this.countTokens(target);
    if (tokens < 1) return false;
    this.setTokens(target, tokens - 1);
    return true;
  }

  /** Acquires one observation that a caller requested by name, even if there were too many recently. */
  force(target: AwsTarget): void {
    const tokens = this.countTokens(target) - 1;
    this.setTokens(target, Math.max(tokens, -this.options.burst));
  }

  /** Waits for one observation. @throws the reason of `signal` */
  async acquire(target: AwsTarget, signal: AbortSignal): Promise<void> {
    while (!this.tryAcquire(target)) {
      const missing = 1 - this.countTokens(target);
      const seconds = missing / this.options.perSecond;
      await sleep(seconds * 1_000, undefined, { signal });
    }
  }

  private countTokens(target: AwsTarget): number {
    const { burst, perSecond } = this.options;
    const bucket = this.buckets.get(toKey(target));
    if (!bucket) return burst;
    const seconds = (this.now() - bucket.at) / 1_000;
    return Math.min(burst, bucket.tokens + seconds * perSecond);
  }

  private setTokens(target: AwsTarget, tokens: number) {
    this.buckets.set(toKey(target), { tokens, at: this.now() });
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

const toKey = ({ account, region }: AwsTarget) => `${account}/${region}`;
