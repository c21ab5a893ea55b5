import { ConflictError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AwsClients,
  Heartbeat,
  Patience,
  pauses,
  Waiting,
} from '@data-lake/aws';
import { hasChangeSets } from '../stack/changeSet';
import { toActToken } from '../stack/identity';
import { DeployRequest } from '../stack/request';
import { startDeletion } from '../stack/startDeletion';
import { findStack, StackState } from '../stack/stack';

/** Deletes a stack whose first create failed, which holds nothing, and waits until it is gone. */
export async function deleteDeadStack(
  waiting: Waiting & { request: DeployRequest },
  stack: StackState,
): Promise<void> {
  const { clients, request, log, signal, deadline } = waiting;
  log(
    `Stack ${stack.name} is ${stack.status}: its first create failed, and it holds nothing. Deleting it first`,
  );
  await startOwnDeletion(clients, request, stack);
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  for (const pause of pauses()) {
    const found = await patience.tryTo(() =>
      findStack(clients, stack.id, signal),
    );
    if (found && !found.got) return;
    const left = found?.got ?? stack;
    if (left.status === 'DELETE_FAILED' || Date.now() > deadline) {
      throw new ConflictError(
        `Stack ${left.name} could not be deleted (${left.status}: ${
          left.statusReason ?? 'no reason given'
        }). Delete it (aws:cloudformation:delete), then try again`,
      );
    }
    heart.beat(() => `Still deleting stack ${left.name}`);
    await sleep(pause, undefined, { signal });
  }
}

/** Deletes the empty stack that a first change set makes, unless another change set needs it. */
export async function deleteEmptyStack(
  clients: AwsClients,
  request: DeployRequest,
): Promise<void> {
  const stack = await findStack(clients, request.stackName);
  if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
  if (await hasChangeSets(clients, stack.name)) return;
  await startOwnDeletion(clients, request, stack);
}

/** Its token tells a second try, after a kill, whose deletion that is. */
const startOwnDeletion = (
  clients: AwsClients,
  request: DeployRequest,
  { id }: StackState,
) =>
  startDeletion({
    clients,
    stackId: id,
    roleArn: request.roleArn,
    token: toActToken(request, 'delete', id),
  });
