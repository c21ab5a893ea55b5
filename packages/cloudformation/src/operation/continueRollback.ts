import { ContinueUpdateRollbackCommand } from '@aws-sdk/client-cloudformation';
import { calling, consoleUrl, Waiting } from '@data-lake/aws';
import { toFailure } from './failure';
import { followOperation } from './followOperation';
import { toActToken } from '../stack/identity';
import { DeployRequest } from '../stack/request';
import { StackState } from '../stack/stack';
import { listStackResources } from '../stack/stackResources';

/** Those of this stack, and `Nested.Id` of one in it: the ids may be of several stacks. */
async function listSkipped(
  { clients, signal, resourcesToSkip = [] }: Skipping,
  stackId: string,
): Promise<string[]> {
  if (resourcesToSkip.length === 0) return [];
  const held = await listStackResources({ clients, stackId, signal });
  const ids = new Set(held.map(({ logicalId }) => logicalId));
  return resourcesToSkip.filter(id => ids.has(id.split('.')[0]));
}

type Skipping = Waiting & { resourcesToSkip?: string[] };

/**
 * Has CloudFormation go on with a rollback that had failed, and waits for its end.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function continueRollback(
  waiting: Skipping & { request: DeployRequest },
  stack: StackState,
  lastEvent: string | undefined,
): Promise<void> {
  const { clients, request, log } = waiting;
  const skipped = await listSkipped(waiting, stack.id);
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
          ResourcesToSkip: skipped.length > 0 ? skipped : undefined,
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
