import { CustomErrorBase } from '@backstage/errors';
import { AwsClients, consoleUrl } from '@data-lake/aws';
import {
  toFailureText,
  findFailedEvent,
  listOtherFailures,
  StackEvent,
} from '../stack/events';
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
  const cause = findFailedEvent(events);
  const stackId = cause?.stackId ?? last.stackId;
  const invalid = await listValidationErrors({
    clients,
    stackName: stackId,
    reason: cause?.reason,
    since: events[0]?.at,
  });
  const link = consoleUrl(clients.target, { of: 'stack', stackId });
  const others = listOtherFailures(events).map(toFailureText);
  return new DeploymentFailedError(
    [
      `Stack ${stackName} failed and is ${last.status}. ${
        invalid.join('; ') || toCauseText(cause)
      } (${link})`,
      ...(others.length > 0 ? ['Other failures:'] : []),
      ...others.slice(0, maxOthers).map(line => `  ${line}`),
      ...(others.length > maxOthers
        ? [`  and ${others.length - maxOthers} more`]
        : []),
    ].join('\n'),
  );
}

const toCauseText = (cause: StackEvent | undefined) =>
  cause ? toFailureText(cause) : 'CloudFormation names no cause';
