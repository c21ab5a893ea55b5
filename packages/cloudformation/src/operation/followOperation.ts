import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceUnavailableError } from '@backstage/errors';
import { findStack } from '../stack/stack';
import { endsOperation, idOf, StackEvent } from '../stack/events';
import { OperationEvents } from '../stack/operationEvents';
import { Heartbeat, Patience, pauses, Waiting } from '@data-lake/aws';

/**
 * Follows an operation of a stack to its end, and tells each event once, those of nested stacks too.
 *
 * @param options - `after` is the last event before the operation
 * @returns the operation's events, oldest first; the stack's last one ends it
 * @throws ServiceUnavailableError at the deadline; the abort reason when aborted. The operation goes on.
 */
export async function followOperation(
  options: Waiting & { stackId: string; after?: string; consoleUrl: string },
): Promise<StackEvent[]> {
  const { log, signal, consoleUrl } = options;
  const operation = new OperationEvents(options);
  const { seen } = operation;
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  for (const pause of pauses()) {
    const ended = await patience.tryTo(async () => {
      await operation.read(signal);
      return hasEnded(options, seen);
    });
    for (const event of operation.takeUntold()) {
      log(toLine(event));
      heart.reset();
    }
    if (ended?.got) return seen;
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

function toLine(event: StackEvent): string {
  const { at, status, type, reason } = event;
  const time = at.toISOString().slice(11, 19);
  return `${time} ${status.padEnd(20)} ${idOf(event)} (${type})${
    reason ? `: ${reason}` : ''
  }`;
}

function openResources(events: readonly StackEvent[]): string {
  const newest = new Map(events.map(event => [idOf(event), event]));
  const open = [...newest.values()]
    .filter(({ ofStack, status }) => !ofStack && /_IN_PROGRESS$/.test(status))
    .map(idOf);
  return open.length > 0 ? open.slice(0, 5).join(', ') : 'CloudFormation';
}
