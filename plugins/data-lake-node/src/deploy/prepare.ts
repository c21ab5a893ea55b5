import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeSetState,
  createChangeSet,
  deleteChangeSet,
  findChangeSet,
} from './changeSet';
import { deleteEmptyStack } from './emptyStack';
import { givingTemplate } from './givenTemplate';
import { Heartbeat, Patience, pauses, Waiting } from './waiting';
import { DeployPlan } from './plan';
import { DeployRequest } from './request';
import { listValidationErrors } from './validation';

export type ChangePlan = Extract<DeployPlan, { do: 'create' | 'update' }>;

export type Preparing = Waiting & { request: DeployRequest; plan: ChangePlan };

/**
 * Makes the change set, or finds that of an earlier try. Nothing is changed yet, and neither a
 * refusal nor a cancel leaves anything behind.
 *
 * @throws InputError with CloudFormation's reason where it refuses the change set
 */
export async function prepareChangeSet(
  options: Preparing,
): Promise<ChangeSetState> {
  const { clients, request, plan, signal } = options;
  try {
    const name = plan.changeSetName;
    const changeSet = await givingTemplate(
      { ...options, name },
      async template => {
        await createChangeSet({
          clients,
          request,
          template,
          name,
          type: plan.do === 'create' ? 'CREATE' : 'UPDATE',
          keptParameters: plan.keptParameters,
          signal,
        });
        return settled(options);
      },
    );
    signal?.throwIfAborted();
    if (isRefused(changeSet, plan)) {
      const reason = await reasonOf(options, changeSet);
      await leaveNothing(options);
      throw new InputError(
        `CloudFormation refused the change set of stack ${request.stackName}: ${reason}`,
      );
    }
    return changeSet;
  } catch (error) {
    if (signal?.aborted) await leaveNothing(options);
    throw error;
  }
}

async function reasonOf(
  { clients, request, plan }: Preparing,
  { reason }: ChangeSetState,
): Promise<string> {
  const invalid = await listValidationErrors({
    clients,
    stackName: request.stackName,
    changeSetName: plan.changeSetName,
    reason,
  });
  return invalid.join('; ') || reason || 'it gives no reason';
}

/** A stack that is not there yet cannot be created with nothing in it. */
function isRefused({ state }: ChangeSetState, plan: ChangePlan): boolean {
  return state === 'failed' || (state === 'empty' && plan.do === 'create');
}

async function settled(options: Preparing): Promise<ChangeSetState> {
  const { clients, request, plan, signal, log, deadline } = options;
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  for (const pause of pauses()) {
    const answer = await patience.tryTo(() =>
      findChangeSet({
        clients,
        stackName: request.stackName,
        name: plan.changeSetName,
        signal,
      }),
    );
    const found = answer?.got;
    if (found && found.state !== 'pending') return found;
    if (Date.now() > deadline) break;
    heart.beat(() => 'CloudFormation is still preparing the change set');
    await sleep(pause, undefined, { signal });
  }
  throw new ServiceUnavailableError(
    `CloudFormation has not prepared the change set of stack ${request.stackName} in time. Try again`,
  );
}

/** Also not the empty stack that a first change set makes. */
export async function leaveNothing(options: Preparing): Promise<void> {
  const { request, plan, log } = options;
  const { stackName } = request;
  try {
    await dropChangeSet(options);
    log('Nothing was changed, and nothing is left behind');
  } catch (error) {
    log(
      `Nothing was changed, but change set ${
        plan.changeSetName
      } of stack ${stackName} may be left: ${(error as Error).message}`,
    );
  }
}

/** Removes the change set, and the empty stack that a first one makes. */
export async function dropChangeSet(
  options: Pick<Preparing, 'clients' | 'request' | 'plan'>,
): Promise<void> {
  const { clients, request, plan } = options;
  const { stackName } = request;
  await deleteChangeSet({ clients, stackName, name: plan.changeSetName });
  if (plan.do === 'create') await deleteEmptyStack(clients, request);
}
