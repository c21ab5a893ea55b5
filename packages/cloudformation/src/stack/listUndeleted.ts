import { isUserInitiated, StackEvent, toPath } from './events';

/**
 * Lists what an operation could not delete, with the reasons: resources, or else the stack itself, such as
 * one whose export another stack imports.
 *
 * @param events - of the operation, oldest first
 */
export function listUndeleted(events: readonly StackEvent[]): string[] {
  const resources = listUndeletedResources(events).map(toText);
  if (resources.length > 0) return resources;
  const ofStack = events.findLast(
    event => event.ofStack && event.reason && !isUserInitiated(event),
  );
  return ofStack ? [toReason(ofStack)] : [];
}

/**
 * Lists what a successful operation has left behind: resources that the stack no longer has, and that could
 * not be deleted. CloudFormation says of the stack only that it is complete.
 *
 * @param events - of the operation, oldest first
 */
export function listLeftBehind(events: readonly StackEvent[]): string[] {
  const left = listUndeletedResources(events).map(
    event =>
      `Left behind, since CloudFormation could not delete it: ${toText(
        event,
      )}. The stack no longer has it: delete it manually`,
  );
  if (left.length > 0) return left;
  const last = events.findLast(({ ofStack }) => ofStack);
  return /could not be deleted/i.test(last?.reason ?? '')
    ? [`${last!.logicalId} ${last!.status}: ${last!.reason}`]
    : [];
}

/** Lists the resources whose last event is that they were not deleted: CloudFormation tries some again. */
function listUndeletedResources(events: readonly StackEvent[]): StackEvent[] {
  // a resource that was replaced has the logical id of the new one
  const newest = new Map(
    events.map(event => [`${toPath(event)} ${event.physicalId}`, event]),
  );
  return [...newest.values()].filter(
    ({ ofStack, status }) => !ofStack && status === 'DELETE_FAILED',
  );
}

const toText = (event: StackEvent) =>
  `${toPath(event)} (${event.type}${
    event.physicalId ? `, ${event.physicalId}` : ''
  }): ${toReason(event)}`;

const toReason = ({ reason }: StackEvent) => reason ?? 'no reason given';
