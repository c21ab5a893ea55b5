import { isUserInitiated, StackEvent, toPath } from './events';

/**
 * Lists what an operation could not delete, with the reasons: resources, or else the stack itself, such as
 * one whose export another stack imports.
 *
 * @param events - of the operation, oldest first
 */
export function listUndeleted(events: readonly StackEvent[]): string[] {
  const resources = listUndeletedResources(events).map(
    event =>
      `${toPath(event)} (${event.type}${
        event.physicalId ? `, ${event.physicalId}` : ''
      }): ${toReason(event)}`,
  );
  if (resources.length > 0) return resources;
  const ofStack = events.findLast(
    event => event.ofStack && event.reason && !isUserInitiated(event),
  );
  return ofStack ? [toReason(ofStack)] : [];
}

/** Lists the resources whose last event is that they were not deleted: CloudFormation tries some again. */
export function listUndeletedResources(
  events: readonly StackEvent[],
): StackEvent[] {
  const newest = new Map(events.map(event => [toPath(event), event]));
  return [...newest.values()].filter(
    ({ ofStack, status }) => !ofStack && status === 'DELETE_FAILED',
  );
}

const toReason = ({ reason }: StackEvent) => reason ?? 'no reason given';
