import { CustomErrorBase } from '@backstage/errors';
import { AwsClients, consoleUrl } from '@data-lake/aws';
import { StackEvent } from '../stack/events';
import {
  findCause,
  isCancelled,
  isRolledBackByCaller,
  listOtherFailures,
  toFailureText,
} from '../stack/findCause';
import { listValidationErrors } from '../stack/listValidationErrors';

/**
 * CloudFormation rolled the stack back. The first line of the message names the cause: logical id,
 * type, reason and console link; the following lines name the other failures.
 *
 * @public
 */
export class DeploymentFailedError extends CustomErrorBase {
  name = 'DeploymentFailedError' as const;
}

const maxOthers = 20;

/** Makes the error of a failed operation from its events. */
export async function toFailure(
  clients: AwsClients,
  stackName: string,
  events: readonly StackEvent[],
): Promise<DeploymentFailedError> {
  const last = events.findLast(({ ofStack }) => ofStack)!;
  const cause = findCause(events);
  const stackId = cause?.stackId ?? last.stackId;
  const invalid = await listValidationErrors({
    clients,
    stackId,
    reason: cause?.reason,
    since: events[0]?.at,
  });
  const link = consoleUrl(clients.target, { of: 'stack', stackId });
  const others = listOtherFailures(events).map(event =>
    toFailureText(event, events),
  );
  return new DeploymentFailedError(
    [
      `Stack ${stackName} failed and is ${last.status}. ${
        invalid.join('; ') || toCauseText(cause, events)
      } (${link})`,
      ...(others.length > 0 ? ['Other failures:'] : []),
      ...others.slice(0, maxOthers).map(line => `  ${line}`),
      ...(others.length > maxOthers
        ? [`  and ${others.length - maxOthers} more`]
        : []),
    ].join('\n'),
  );
}

function toCauseText(
  cause: StackEvent | undefined,
  events: readonly StackEvent[],
): string {
  if ((!cause || isCancelled(cause)) && isRolledBackByCaller(events)) {
    return 'A caller had it rolled back, and CloudFormation names no other cause';
  }
  return cause ? toFailureText(cause, events) : 'CloudFormation names no cause';
}
