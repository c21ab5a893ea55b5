import { ContinueUpdateRollbackCommand } from '@aws-sdk/client-cloudformation';
import { calling } from '../aws/errors';
import { consoleUrl } from '../aws/console';
import { toFailure } from './failure';
import { followOperation } from './follow';
import { toActToken } from './identity';
import { DeployRequest } from './request';
import { StackState } from './stack';
import { Waiting } from './waiting';

/**
 * Has CloudFormation go on with a rollback that had failed, and waits for its end.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function continueRollback(
  waiting: Waiting & { request: DeployRequest; resourcesToSkip?: string[] },
  stack: StackState,
  lastEvent: string | undefined,
): Promise<void> {
  const { clients, request, resourcesToSkip: skipped = [], log } = waiting;
  const without = skipped.length > 0 ? ` without ${skipped.join(', ')}` : '';
  log(
    `Stack ${stack.name} is ${stack.status}: continuing its rollback first${without}`,
  );
  await calling(
    {
      what: `continuing the rollback of stack ${stack.name}`,
      action: 'cloudformation:ContinueUpdateRollback',
    },
    () =>
      clients.cloudformation.send(
        new ContinueUpdateRollbackCommand({
          StackName: stack.id,
          RoleARN: request.roleArn,
          ResourcesToSkip: skipped.length > 0 ? [...skipped] : undefined,
          ClientRequestToken: toActToken(request, 'continue', lastEvent ?? ''),
        }),
      ),
  );
  const link = consoleUrl(clients.target, { of: 'stack', stackId: stack.id });
  const events = await followOperation({
    ...waiting,
    stackId: stack.id,
    after: lastEvent,
    consoleUrl: link,
  });
  const last = events.findLast(({ ofStack }) => ofStack)!;
  if (last.status === 'UPDATE_ROLLBACK_COMPLETE') return;
  throw await toFailure(clients, stack.name, events);
}
