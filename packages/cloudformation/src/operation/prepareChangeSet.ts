import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { poll, WaitOptions } from '@data-lake/aws';
import { DeployPlan } from '../change/planDeployment';
import { ChangeSetState, findChangeSet } from '../stack/changeSet';
import { createChangeSet } from '../stack/createChangeSet';
import { deleteChangeSet } from '../stack/deleteChangeSet';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { withGivenTemplate } from '../stack/withGivenTemplate';
import { listValidationErrors } from '../stack/listValidationErrors';
import { deleteEmptyStack } from './deleteEmptyStack';

/** A plan that changes a stack by a change set. */
export type ChangePlan = Extract<DeployPlan, { do: 'create' | 'update' }>;

/** The plan to prepare a change set for, and how to wait. */
export type PrepareWork = WaitOptions & {
  spec: DeploymentSpec;
  plan: ChangePlan;
};

/**
 * Creates the change set, or finds that of an earlier try. Nothing of the stack is changed yet, and a
 * failure leaves nothing behind.
 *
 * @throws InputError with CloudFormation's reason if it refuses the change set
 * @throws ConflictError if another caller's operation has removed it
 */
export async function prepareChangeSet(
  work: PrepareWork,
): Promise<ChangeSetState> {
  const { spec, plan, signal } = work;
  try {
    const changeSet = await createAndWait(work);
    signal?.throwIfAborted();
    if (isRefused(changeSet, plan)) {
      const reason = await findReason(work, changeSet);
      throw new InputError(
        `CloudFormation refused the change set of stack ${spec.stackName}: ${reason}`,
      );
    }
    return changeSet;
  } catch (error) {
    await discardChangeSet(work);
    throw error;
  }
}

function createAndWait(work: PrepareWork): Promise<ChangeSetState> {
  const { clients, spec, plan, log, signal } = work;
  const { changeSetName: name, keptParameters, keptTags } = plan;
  return withGivenTemplate(
    { clients, spec, name, log, signal },
    async template => {
      await createChangeSet({
        clients,
        stackName: spec.stackName,
        spec,
        template,
        name,
        type: plan.do === 'create' ? 'CREATE' : 'UPDATE',
        keptParameters,
        keptTags,
        signal,
      });
      return waitUntilSettled(work);
    },
  );
}

async function findReason(
  { clients, spec, plan }: PrepareWork,
  { reason }: ChangeSetState,
): Promise<string> {
  const invalid = await listValidationErrors({
    clients,
    stackName: spec.stackName,
    changeSetName: plan.changeSetName,
    reason,
  });
  return invalid.join('; ') || reason || 'it gives no reason';
}

/** A stack that does not exist yet cannot be created empty. */
function isRefused({ state }: ChangeSetState, plan: ChangePlan): boolean {
  return state === 'failed' || (state === 'empty' && plan.do === 'create');
}

async function waitUntilSettled(work: PrepareWork): Promise<ChangeSetState> {
  const { clients, spec, plan, signal, log, deadline } = work;
  const { stackName } = spec;
  // a new change set may not be found for some seconds
  const foundBy = Date.now() + 30_000;
  let wasFound = false;
  const changeSet = await poll<ChangeSetState | undefined>({
    ask: async () => {
      const name = plan.changeSetName;
      const found = await findChangeSet({ clients, stackName, name, signal });
      const isGone = !found && (wasFound || Date.now() > foundBy);
      if (found?.state === 'obsolete' || isGone) throw toOvertakenError(spec);
      wasFound ||= found !== undefined;
      return found;
    },
    until: found => found !== undefined && found.state !== 'pending',
    deadline,
    describe: () => 'CloudFormation to prepare the change set',
    toTimeoutError: () =>
      new ServiceUnavailableError(
        `CloudFormation has not prepared the change set of stack ${stackName} in time. Try again`,
      ),
    signal,
    log,
  });
  return changeSet!;
}

/** Makes the error for a change set that is gone: executing one drops all others of the stack. */
export const toOvertakenError = ({
  stackName,
}: Pick<DeploymentSpec, 'stackName'>) =>
  new ConflictError(
    `Another caller has changed stack ${stackName} meanwhile, so nothing was done. Run this again`,
  );

/** Removes the change set, and the empty stack that a first one creates; a failure is only logged. */
export async function discardChangeSet(work: PrepareWork): Promise<void> {
  const { spec, plan, log } = work;
  const { stackName } = spec;
  try {
    await removeChangeSet(work);
    log('Nothing was changed, and nothing is left behind');
  } catch (error) {
    log(
      `Nothing was changed, but change set ${
        plan.changeSetName
      } of stack ${stackName} may be left: ${(error as Error).message}`,
    );
  }
}

/** Removes the change set, and the empty stack that a first one creates. */
export async function removeChangeSet(
  options: Pick<PrepareWork, 'clients' | 'spec' | 'plan'>,
): Promise<void> {
  const { clients, spec, plan } = options;
  const { stackName } = spec;
  await deleteChangeSet({ clients, stackName, name: plan.changeSetName });
  if (plan.do === 'create') await deleteEmptyStack(clients, spec);
}
