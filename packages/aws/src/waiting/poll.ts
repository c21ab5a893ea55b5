import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import type { AwsClients } from '../clients/clients';
import { backoff } from './backoff';
import { Heartbeat } from './heartbeat';
import { TransientErrors } from './transientErrors';

/** The clients, log, cancellation and deadline of work that waits for AWS. @public */
export interface WaitOptions {
  clients: AwsClients;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** In milliseconds since 1970. */
  deadline: number;
}

/** What to ask, and until when. @public */
export interface PollOptions<T> {
  /**
   * Asks once. A line that it logs with the `log` it is given takes the place of a heartbeat.
   * A ServiceUnavailableError is tolerated for five minutes; any other error ends the poll.
   */
  ask: (log: (line: string) => void) => Promise<T>;
  /** An answer that is there already, in place of the first question; optional. */
  first?: T;
  /** Whether the answer ends the poll. */
  until: (answer: T) => boolean;
  /** In milliseconds since 1970. One last question is asked when it is reached. */
  deadline: number;
  /** Completes "Still waiting for …"; gets the last answer, if there was one. */
  describe: (last: T | undefined) => string;
  /** Makes the error at the deadline; optional, by default a ServiceUnavailableError. */
  toTimeoutError?: (last: T | undefined) => Error;
  /** Milliseconds between questions; optional, by default `backoff`: from 100 ms up to 5 s. */
  pauseMs?: number;
  signal?: AbortSignal;
  log: (line: string) => void;
}

/**
 * Asks again and again until an answer ends it, and returns that answer. Logs a line every 30 s.
 *
 * @throws the error of `toTimeoutError` at the deadline; the abort reason when aborted; what `ask` throws
 *
 * @public
 */
export async function poll<T>(options: PollOptions<T>): Promise<T> {
  const { ask, until, deadline, describe, pauseMs, signal, log } = options;
  const heartbeat = new Heartbeat(log);
  const transient = new TransientErrors(logAndReset);
  let last = options.first;
  let answer: { got: T } | undefined =
    last === undefined ? undefined : { got: last };
  for (const pause of backoff()) {
    signal?.throwIfAborted();
    answer ??= await transient.tolerate(() => ask(logAndReset));
    if (answer) {
      last = answer.got;
      if (until(last)) return last;
    }
    answer = undefined;
    const left = deadline - Date.now();
    if (left <= 0) break;
    heartbeat.beat(stillWaiting);
    await sleep(Math.min(pauseMs ?? pause, left), undefined, { signal });
  }
  throw options.toTimeoutError?.(last) ?? toTimeoutError(describe(last));

  function logAndReset(line: string) {
    log(line);
    heartbeat.reset();
  }

  function stillWaiting() {
    return `Still waiting for ${describe(last)}`;
  }
}

const toTimeoutError = (what: string) =>
  new ServiceUnavailableError(
    `Timed out waiting for ${what}. Run again to continue`,
  );
