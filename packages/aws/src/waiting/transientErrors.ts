import { ServiceUnavailableError } from '@backstage/errors';

const tolerance = 5 * 60_000;

/**
 * Tolerates, during a wait, errors that pass by themselves: throttling, time-outs and dropped
 * connections, beyond the SDK's own retries.
 */
export class TransientErrors {
  private since?: number;

  constructor(private readonly log: (line: string) => void) {}

  /**
   * Calls once, and logs a transient error.
   *
   * @returns the answer, or undefined after a transient error
   * @throws any other error, and a transient one when there was no answer for five minutes
   */
  async tolerate<T>(call: () => Promise<T>): Promise<{ got: T } | undefined> {
    try {
      const got = await call();
      this.since = undefined;
      return { got };
    } catch (error) {
      if (!(error instanceof ServiceUnavailableError)) throw error;
      this.since ??= Date.now();
      if (Date.now() - this.since > tolerance) throw error;
      this.log(`Trying again: ${error.message}`);
      return undefined;
    }
  }
}
