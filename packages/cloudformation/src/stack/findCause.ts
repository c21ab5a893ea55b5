import { isUserInitiated, nestedType, StackEvent, toPath } from './events';
import { isHookFailure, toHookText } from './hooks';

/**
 * Finds the event that tells why an operation failed. That is, in this order:
 *
 * - the first resource that failed before the rollback, and was not merely cancelled with the others
 * - the reason of a stack's own rollback, of a nested one first: some causes no resource has, such as an
 *   export that another stack imports
 * - the reason of a stack's own failure, in the same order
 * - the nested stack that failed, a resource that failed during the rollback, or what is left
 *
 * @param events - of the failed operation, oldest first
 */
export function findCause(
  events: readonly StackEvent[],
): StackEvent | undefined {
  const start = events.findIndex(event => event.ofStack && isRollback(event));
  const before = events.slice(0, start < 0 ? undefined : start);
  const ofStacks = events.filter(event => isOfStack(event) && hasReason(event));
  const own = ofStacks.filter(event => !isSummary(event));
  const ownFailures = events.filter(event => isOwnFailure(event));
  return (
    before.find(event => isOwnFailure(event) && event.type !== nestedType) ??
    findInnermost(own.filter(isRollback)) ??
    findInnermost(own.filter(isFailure)) ??
    ownFailures.find(event => !isOfStack(event)) ??
    ofStacks.findLast(event => isRollback(event) || isFailure(event)) ??
    events.find(isFailure)
  );
}

/** The first of the nested stacks, where the failure started; else the newest of the stack itself. */
const findInnermost = (events: readonly StackEvent[]) =>
  events.find(({ within }) => within !== undefined) ?? events.at(-1);

/** Lists the other failures: neither merely cancelled, nor a stack that failed with its resources. */
export function listOtherFailures(events: readonly StackEvent[]): StackEvent[] {
  const cause = findCause(events);
  return events.filter(
    event =>
      isOwnFailure(event) && event.type !== nestedType && event !== cause,
  );
}

/** Returns a failure as text: `Network/Subnet (AWS::EC2::Subnet) CREATE_FAILED: …`, with what hooks said of it. */
export function toFailureText(
  event: StackEvent,
  events: readonly StackEvent[],
): string {
  const { type, status, reason } = event;
  const hooks = events.flatMap(({ hook, ...other }) =>
    hook && isHookFailure(hook) && toPath(other) === toPath(event)
      ? toHookText(hook)
      : [],
  );
  return `${toPath(event)} (${type}) ${status}: ${[
    reason ?? 'no reason given',
    ...hooks,
  ].join('; ')}`;
}

/** Tells whether a caller had the operation rolled back, such as by cancelling an update. */
export const isRolledBackByCaller = (events: readonly StackEvent[]) =>
  events.some(
    event => event.ofStack && isRollback(event) && isUserInitiated(event),
  );

const isRollback = ({ status }: StackEvent) =>
  status.endsWith('ROLLBACK_IN_PROGRESS');

/** Events of a stack itself, also of a nested one. */
const isOfStack = ({ ofStack, physicalId, stackId, type }: StackEvent) =>
  ofStack || (type === nestedType && physicalId === stackId);

const hasReason = (event: StackEvent) =>
  event.reason !== undefined && !isUserInitiated(event);

/** CloudFormation lists the resources that failed, whose own events say why. */
const isSummary = ({ reason }: StackEvent) =>
  /^The following (resource|hook)\(s\) failed/i.test(reason ?? '');

const isOwnFailure = (event: StackEvent) =>
  isFailure(event) && !isCancelled(event);

const isFailure = ({ status }: StackEvent) => status.endsWith('_FAILED');

/** Tells whether a resource failed merely with the others; CloudFormation says this only in words. */
export const isCancelled = ({ reason }: StackEvent) =>
  /\bcancell?ed\b/i.test(reason ?? '');
