import { ContinueUpdateRollbackCommand } from '@aws-sdk/client-cloudformation';
import { calling, WaitOptions } from '@data-lake/aws';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { toActToken } from '../stack/identity';
import { findStack, StackState } from '../stack/stack';
import { listStackResources } from '../stack/stackResources';
import { followOperation } from './followOperation';
import { StartedOperations } from './startedOperations';
import { startOperation } from './startOperation';
import { toFailure } from './toFailure';

type RollbackWork = WaitOptions & {
  spec: DeploymentSpec;
  operations: StartedOperations;
  resourcesToSkip?: string[];
};

/**
 * Continues a rollback that failed, and waits for its end.
 *
 * @param lastEvent - id of the newest event of the stack
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export async function continueRollback(
  work: RollbackWork,
  stack: StackState,
  lastEvent: string | undefined,
): Promise<void> {
  const { clients, operations, log } = work;
  const skipped = await listSkipped(work, stack.id);
  const without = skipped.length > 0 ? ` without ${skipped.join(', ')}` : '';
  log(
    `Stack ${stack.name} is ${stack.status}: continuing its rollback first${without}`,
  );
  await startOperation({
    operations,
    operation: { act: 'rollback', stackName: stack.name, stackId: stack.id },
    start: () => callContinue(work, stack, { skipped, lastEvent }),
    hasStarted: async () =>
      (await findStack(clients, stack.id))?.status !== stack.status,
  });
  const events = await followOperation({
    ...work,
    stackId: stack.id,
    after: lastEvent,
  });
  const last = events.findLast(({ ofStack }) => ofStack)!;
  if (last.status === 'UPDATE_ROLLBACK_COMPLETE') return;
  throw await toFailure(clients, stack.name, events);
}

async function callContinue(
  { clients, spec }: RollbackWork,
  stack: StackState,
  { skipped, lastEvent }: { skipped: string[]; lastEvent?: string },
): Promise<void> {
  await calling(
    {
      what: `continuing the rollback of stack ${stack.name}`,
      action: 'cloudformation:ContinueUpdateRollback',
    },
    () =>
      clients.cloudformation.send(
        new ContinueUpdateRollbackCommand({
          StackName: stack.id,
          RoleARN: spec.roleArn,
          ResourcesToSkip: skipped.length > 0 ? skipped : undefined,
          ClientRequestToken: toActToken(spec, 'continue', lastEvent ?? ''),
        }),
      ),
  );
}

/** Lists the ids of this stack, and `Nested.Id` of a stack in it: the ids given may be of several stacks. */
async function listSkipped(
  { clients, signal, resourcesToSkip = [] }: RollbackWork,
  stackId: string,
): Promise<string[]> {
  if (resourcesToSkip.length === 0) return [];
  const resources = await listStackResources({ clients, stackId, signal });
  const ids = new Set(resources.map(({ logicalId }) => logicalId));
  return resourcesToSkip.filter(id => ids.has(id.split('.')[0]));
}
