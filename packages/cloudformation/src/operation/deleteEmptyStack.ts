import { AwsClients, WaitOptions } from '@data-lake/aws';
import { hasChangeSets } from '../stack/changeSet';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { toActToken } from '../stack/identity';
import { findStack, StackState } from '../stack/stack';
import { startDeletion } from '../stack/startDeletion';
import { followDeletion } from './followDeletion';
import { StartedOperations } from './startedOperations';
import { startStackDeletion } from './startStackDeletion';

/** Deletes a stack whose first create failed, which is empty, and waits until it is gone. */
export async function deleteFailedStack(
  work: WaitOptions & { spec: DeploymentSpec; operations: StartedOperations },
  stack: StackState,
  lastEvent: string | undefined,
): Promise<void> {
  const { clients, spec, log, operations } = work;
  const { name: stackName, id: stackId } = stack;
  log(
    `Stack ${stackName} is ${stack.status}: its first create failed, and it is empty. Deleting it first`,
  );
  await startStackDeletion({
    ...toOwnDeletion(clients, spec, stackId),
    stackName,
    operations,
  });
  await followDeletion({ ...work, stackName, stackId, after: lastEvent });
}

/** Deletes the empty stack that a first change set creates, unless another change set needs it. */
export async function deleteEmptyStack(
  clients: AwsClients,
  spec: DeploymentSpec,
  stackId: string,
): Promise<void> {
  const stack = await findStack(clients, stackId);
  if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
  if (await hasChangeSets(clients, stack.name)) return;
  await startDeletion(toOwnDeletion(clients, spec, stack.id));
}

/** The token tells a second try, after a kill, who started the deletion. */
const toOwnDeletion = (
  clients: AwsClients,
  spec: DeploymentSpec,
  stackId: string,
) => ({
  clients,
  stackId,
  roleArn: spec.roleArn,
  token: toActToken(spec, 'delete', stackId),
});
