import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeSetState,
  createChangeSet,
  deleteChangeSet,
  findChangeSet,
} from '../stack/changeSet';
import { deleteEmptyStack } from './emptyStack';
import { givingTemplate } from '../stack/givenTemplate';
import { Heartbeat, Patience, pauses, Waiting } from '@data-lake/aws';
import { DeployPlan } from '../change/plan';
import { DeployRequest } from '../stack/request';
import { listValidationErrors } from '../stack/validation';

export type ChangePlan = Extract<DeployPlan, { do: 'create' | 'update' }>;

export type Preparing = Waiting & { request: DeployRequest; plan: ChangePlan };

/**
 * Makes the change set, or finds that of an earlier try. Nothing is changed yet, and whatever keeps it
 * from being made leaves nothing behind.
 *
 * @throws InputError with CloudFormation's reason where it refuses the change set
 * @throws ConflictError where somebody else's operation has taken it away
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
          keptTags: plan.keptTags,
          signal,
        });
        return settled(options);
      },
    );
    signal?.throwIfAborted();
    if (isRefused(changeSet, plan)) {
      const reason = await reasonOf(options, changeSet);
      throw new InputError(
        `CloudFormation refused the change set of stack ${request.stackName}: ${reason}`,
      );
    }
    return changeSet;
  } catch (error) {
    await leaveNothing(options);
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
  const began = Date.now();
  let seen = false;
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
    if (found?.state === 'obsolete') throw overtaken(request);
    if (found && found.state !== 'pending') return found;
    seen ||= found !== undefined;
    // what was just made may not be found for some seconds
    if (answer && !found && (seen || Date.now() > began + 30_000)) {
      throw overtaken(request);
    }
    if (Date.now() > deadline) break;
    heart.beat(() => 'CloudFormation is still preparing the change set');
    await sleep(pause, undefined, { signal });
  }
  throw new ServiceUnavailableError(
    `CloudFormation has not prepared the change set of stack ${request.stackName} in time. Try again`,
  );
}

/** CloudFormation drops all other change sets of a stack when one is executed. */
export const overtaken = ({ stackName }: Pick<DeployRequest, 'stackName'>) =>
  new ConflictError(
    `Somebody else has changed stack ${stackName} meanwhile, and so nothing was done. Run this again`,
  );

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
