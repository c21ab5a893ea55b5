import { ServiceUnavailableError } from '@backstage/errors';
import { poll, WaitOptions } from '@data-lake/aws';
import { endsOperation, StackEvent, toPath } from '../stack/events';
import { toHookText } from '../stack/hooks';
import { OperationEvents } from '../stack/operationEvents';
import { findStack } from '../stack/stack';
import { StartedOperations } from './startedOperations';

/**
 * Follows an operation of a stack to its end, and logs each event once, including those of nested stacks.
 *
 * @param options - `after`: id of the last event before the operation
 * @returns the events of the operation, oldest first; the stack's last one ends it
 * @throws ServiceUnavailableError at the deadline, the abort reason when aborted; the operation continues
 */
export async function followOperation(
  options: WaitOptions & {
    stackId: string;
    after?: string;
    /** Notes the end of the operation. */
    operations: StartedOperations;
  },
): Promise<StackEvent[]> {
  const { log, signal, deadline, operations } = options;
  const operation = new OperationEvents(options);
  const { seen } = operation;
  await poll({
    ask: async logEvent => {
      try {
        await operation.read(signal);
        return await hasEnded(options, seen);
      } finally {
        for (const event of operation.takeUnreported()) logEvent(toLine(event));
      }
    },
    until: ended => ended,
    deadline,
    describe: () => listOpenResources(seen),
    toTimeoutError: () =>
      new ServiceUnavailableError(
        'The operation of the stack has not ended in time',
      ),
    signal,
    log,
  });
  operations.end(seen.findLast(({ ofStack }) => ofStack)!.status);
  return seen;
}

/** A stack in CREATE_FAILED may still roll back: then the stack itself is read. */
async function hasEnded(
  { clients, signal, stackId }: WaitOptions & { stackId: string },
  events: readonly StackEvent[],
): Promise<boolean> {
  const last = events.findLast(({ ofStack }) => ofStack);
  if (!last || !endsOperation(last)) return false;
  if (!last.status.endsWith('_FAILED')) return true;
  const stack = await findStack(clients, stackId, signal);
  return !stack?.status.endsWith('_IN_PROGRESS');
}

function toLine(event: StackEvent): string {
  const { at, status, type, reason, hook } = event;
  const time = at.toISOString().slice(11, 19);
  const says = [reason, hook && toHookText(hook)].filter(Boolean).join('; ');
  return `${time} ${status.padEnd(20)} ${toPath(event)} (${type})${
    says ? `: ${says}` : ''
  }`;
}

function listOpenResources(events: readonly StackEvent[]): string {
  const newest = new Map(events.map(event => [toPath(event), event]));
  const open = [...newest.values()]
    .filter(({ ofStack, status }) => !ofStack && /_IN_PROGRESS$/.test(status))
    .map(toPath);
  return open.length > 0 ? open.slice(0, 5).join(', ') : 'CloudFormation';
}
