import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { findStack } from './stack';
import { endsOperation, listEvents, StackEvent } from './events';
import { Heartbeat, pauses, Waiting } from './waiting';

/**
 * Follows an operation of a stack to its end, and tells each event once.
 *
 * @param options - `after` is the last event before the operation
 * @returns the operation's events, oldest first; the stack's last one ends it
 * @throws ServiceUnavailableError at the deadline; the abort reason when aborted. The operation goes on.
 */
export async function followOperation(
  options: Waiting & { stackId: string; after?: string; consoleUrl: string },
): Promise<StackEvent[]> {
  const { clients, stackId, log, signal, consoleUrl } = options;
  const seen: StackEvent[] = [];
  const heart = new Heartbeat(log);
  for (const pause of pauses()) {
    const events = await listEvents({
      clients,
      stackId,
      after: seen.at(-1)?.id ?? options.after,
      signal,
    });
    for (const event of events) {
      seen.push(event);
      log(toLine(event));
      heart.reset();
    }
    if (await hasEnded(options, seen)) return seen;
    if (Date.now() > options.deadline) {
      throw new ServiceUnavailableError(
        `The stack's operation has not ended in time. It goes on in AWS; run again to follow it: ${consoleUrl}`,
      );
    }
    heart.beat(() => `Still waiting for ${openResources(seen)}`);
    await sleep(pause, undefined, { signal });
  }
  return seen;
}

/** A stack that says CREATE_FAILED may go on to roll back: then the stack itself knows. */
async function hasEnded(
  { clients, signal, stackId }: Waiting & { stackId: string },
  events: readonly StackEvent[],
): Promise<boolean> {
  const last = events.findLast(({ ofStack }) => ofStack);
  if (!last || !endsOperation(last)) return false;
  if (!last.status.endsWith('_FAILED')) return true;
  const stack = await findStack(clients, stackId, signal);
  return !stack?.status.endsWith('_IN_PROGRESS');
}

function toLine({ at, status, type, logicalId, reason }: StackEvent): string {
  const time = at.toISOString().slice(11, 19);
  return `${time} ${status.padEnd(20)} ${logicalId} (${type})${
    reason ? `: ${reason}` : ''
  }`;
}

function openResources(events: readonly StackEvent[]): string {
  const newest = new Map(events.map(event => [event.logicalId, event]));
  const open = [...newest.values()]
    .filter(({ ofStack, status }) => !ofStack && /_IN_PROGRESS$/.test(status))
    .map(({ logicalId }) => logicalId);
  return open.length > 0 ? open.slice(0, 5).join(', ') : 'CloudFormation';
}
