import { ServiceUnavailableError } from '@backstage/errors';
import { AwsClients } from '../clients/clients';

/** How a wait goes: what is told, and when it ends early. */
export interface Waiting {
  clients: AwsClients;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Until when, in milliseconds since 1970. */
  deadline: number;
}

/** Short at first, for a local AWS and for small stacks; then 5 s, which CloudFormation bears. */
export function* pauses(): Generator<number, void> {
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 5_000)) {
    yield pause * (0.8 + Math.random() * 0.4);
  }
}

/** Load balancers cut a log stream that is idle for 60 s. */
export class Heartbeat {
  private last = Date.now();

  constructor(private readonly log: (line: string) => void) {}

  reset(): void {
    this.last = Date.now();
  }

  beat(line: () => string): void {
    if (Date.now() - this.last < 30_000) return;
    this.log(line());
    this.reset();
  }
}

/** The same where nothing is asked again and again: tells until what it gives is called. */
export function everyHalfMinute(tell: () => void): () => void {
  const timer = setInterval(tell, 30_000);
  return () => clearInterval(timer);
}

/**
 * Rides out, while something is waited for, what passes by itself: throttling, time-outs, dropped
 * connections, also beyond the SDK's own retries.
 */
export class Patience {
  private since?: number;

  constructor(private readonly log: (line: string) => void) {}

  /** The answer, or undefined where there was none now; throws after five minutes without one. */
  async tryTo<T>(ask: () => Promise<T>): Promise<{ got: T } | undefined> {
    try {
      const got = await ask();
      this.since = undefined;
      return { got };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      this.since ??= Date.now();
      if (Date.now() - this.since > 5 * 60_000) throw error;
      this.log(`Asking again: ${error.message}`);
      return undefined;
    }
  }
}
