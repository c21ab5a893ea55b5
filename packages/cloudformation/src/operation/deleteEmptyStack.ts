import { ConflictError } from '@backstage/errors';
import { AwsClients, poll, WaitOptions } from '@data-lake/aws';
import { hasChangeSets } from '../stack/changeSet';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { toActToken } from '../stack/identity';
import { findStack, StackState } from '../stack/stack';
import { startDeletion } from '../stack/startDeletion';

/** Deletes a stack whose first create failed, which is empty, and waits until it is gone. */
export async function deleteFailedStack(
  work: WaitOptions & { spec: DeploymentSpec },
  stack: StackState,
): Promise<void> {
  const { clients, spec, log, signal, deadline } = work;
  log(
    `Stack ${stack.name} is ${stack.status}: its first create failed, and it is empty. Deleting it first`,
  );
  await startOwnDeletion(clients, spec, stack);
  const left = await poll<StackState | undefined>({
    ask: () => findStack(clients, stack.id, signal),
    until: found => !found || found.status === 'DELETE_FAILED',
    deadline,
    describe: () => `the deletion of stack ${stack.name}`,
    toTimeoutError: last => toNotDeletedError(last ?? stack),
    signal,
    log,
  });
  if (left) throw toNotDeletedError(left);
}

const toNotDeletedError = ({ name, status, statusReason }: StackState) =>
  new ConflictError(
    `Stack ${name} could not be deleted (${status}: ${
      statusReason ?? 'no reason given'
    }). Delete it, then try again`,
  );

/** Deletes the empty stack that a first change set creates, unless another change set needs it. */
export async function deleteEmptyStack(
  clients: AwsClients,
  spec: DeploymentSpec,
): Promise<void> {
  const stack = await findStack(clients, spec.stackName);
  if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
  if (await hasChangeSets(clients, stack.name)) return;
  await startOwnDeletion(clients, spec, stack);
}

/** The token tells a second try, after a kill, who started the deletion. */
const startOwnDeletion = (
  clients: AwsClients,
  spec: DeploymentSpec,
  { id }: StackState,
) =>
  startDeletion({
    clients,
    stackId: id,
    roleArn: spec.roleArn,
    token: toActToken(spec, 'delete', id),
  });
