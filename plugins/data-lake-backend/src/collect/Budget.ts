import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How often AWS may be asked, for each account and region: the narrowest quota, EMR's ListClusters
 * and ListSteps, refills one call in two seconds, and an observation makes one to two of each.
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-quotas.html
 */
export class Budget {
  constructor(
    private readonly options: {
      /** Observations at once after a quiet time. */
      burst: number;
      /** Observations a second in the long run. */
      perSecond: number;
      now?: () => number;
    } = { burst: 8, perSecond: 0.4 },
  ) {}

  private readonly accounts = new Map<string, { tokens: number; at: number }>();

  /** Takes leave for one observation; false: too many of late, what is known must do. */
  take(place: Place): boolean {
    const left = this.left(place);
    if (left < 1) return false;
    this.set(place, left - 1);
    return true;
  }

  /** Takes leave at once, though there be none: what somebody asked for by name is done. */
  overdraw(place: Place): void {
    this.set(place, Math.max(this.left(place) - 1, -this.options.burst));
  }

  /** Waits for leave. @throws the reason of `signal` */
  async wait(place: Place, signal: AbortSignal): Promise<void> {
    while (!this.take(place)) {
      const seconds = (1 - this.left(place)) / this.options.perSecond;
      await sleep(seconds * 1_000, undefined, { signal });
    }
  }

  private left(place: Place): number {
    const { burst, perSecond } = this.options;
    const known = this.accounts.get(toKey(place));
    if (!known) return burst;
    const seconds = (this.now() - known.at) / 1_000;
    return Math.min(burst, known.tokens + seconds * perSecond);
  }

  private set(place: Place, tokens: number) {
    this.accounts.set(toKey(place), { tokens, at: this.now() });
  }

  private now(): number {
    return this.options.now?.() ?? Date.now();
  }
}

type Place = { account: string; region: string };

const toKey = ({ account, region }: Place) => `${account}/${region}`;
