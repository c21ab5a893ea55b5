import { ConflictError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';

/** Asks twice a second until there is an answer, and throws `otherwise` where none comes in time. */
export async function waitFor(options: {
  until: () => Promise<unknown>;
  seconds: number;
  signal?: AbortSignal;
  otherwise: string;
}) {
  const end = Date.now() + options.seconds * 1000;
  while (Date.now() < end) {
    if (await options.until()) {
      return;
    }
    await sleep(500, undefined, { signal: options.signal });
  }
  throw new ConflictError(options.otherwise);
}
