import { ConflictError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClients } from '../aws/clients';
import { hasChangeSets } from './changeSet';
import { startDeletion } from './startDeletion';
import { Heartbeat, pauses, Waiting } from './waiting';
import { findStack, StackState } from './stack';

/** Deletes a stack whose first create failed, which holds nothing, and waits until it is gone. */
export async function deleteDeadStack(
  waiting: Waiting,
  stack: StackState,
): Promise<void> {
  const { clients, log, signal, deadline } = waiting;
  log(
    `Stack ${stack.name} is ${stack.status}: its first create failed, and it holds nothing. Deleting it first`,
  );
  await startDeletion(clients, stack.id);
  const heart = new Heartbeat(log);
  for (const pause of pauses()) {
    const left = await findStack(clients, stack.id, signal);
    if (!left) return;
    if (left.status === 'DELETE_FAILED' || Date.now() > deadline) {
      throw new ConflictError(
        `Stack ${left.name} could not be deleted (${left.status}: ${
          left.statusReason ?? 'no reason given'
        }). Delete it in the console, then try again`,
      );
    }
    heart.beat(() => `Still deleting stack ${left.name}`);
    await sleep(pause, undefined, { signal });
  }
}

/** Deletes the empty stack that a first change set makes, unless another change set needs it. */
export async function deleteEmptyStack(
  clients: AwsClients,
  stackName: string,
): Promise<void> {
  const stack = await findStack(clients, stackName);
  if (stack?.status !== 'REVIEW_IN_PROGRESS') return;
  if (await hasChangeSets(clients, stack.name)) return;
  await startDeletion(clients, stack.id);
}
