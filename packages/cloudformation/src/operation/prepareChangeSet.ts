import { ChangeSetType } from '@aws-sdk/client-cloudformation';
import {
  ConflictError,
  InputError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { poll, WaitOptions } from '@data-lake/aws';
import { ChangePlan } from '../change/planDeployment';
import {
  ChangeSetRef,
  ChangeSetState,
  findChangeSet,
} from '../stack/changeSet';
import { assertOriginalText } from '../stack/assertOriginalText';
import { createChangeSet } from '../stack/createChangeSet';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { withGivenTemplate } from '../stack/withGivenTemplate';
import { StackState } from '../stack/stack';
import { findRefusalReason } from './findRefusalReason';
import { ChangeSetDetails, readDetails } from './readDetails';
import { removeChangeSet } from './removeChangeSet';

/** The plan to prepare a change set for, and how to wait. */
export type PrepareWork = WaitOptions & {
  spec: DeploymentSpec;
  plan: ChangePlan;
  /** The stack that was planned for; absent if there was none. */
  stack?: StackState;
};

/** A change set that can be executed, changes nothing, or is executed already. */
export type PreparedChangeSet = ChangeSetState &
  ChangeSetRef &
  ChangeSetDetails;

/**
 * Creates the change set, or finds that of an earlier try. Nothing of the stack is changed yet, and a
 * failure leaves nothing behind.
 *
 * @throws InputError with CloudFormation's reason if it refuses the change set
 * @throws ConflictError if another caller's operation has removed it, or has overwritten its template
 */
export async function prepareChangeSet(
  work: PrepareWork,
): Promise<PreparedChangeSet> {
  const { clients, spec, plan, signal } = work;
  let made: ChangeSetRef = {
    clients,
    stackId: spec.stackName,
    id: plan.changeSetName,
  };
  try {
    const changeSet = await createAndWait(work, ref => {
      made = ref;
    });
    signal?.throwIfAborted();
    if (isRefused(changeSet, plan)) {
      const reason = await findRefusalReason(made, changeSet);
      throw new InputError(
        `CloudFormation refused the change set of stack ${spec.stackName}: ${reason}`,
      );
    }
    return {
      ...changeSet,
      ...made,
      ...(await readDetails(work, { ...changeSet, ...made })),
    };
  } catch (error) {
    await discardChangeSet(work, made);
    throw error;
  }
}

function createAndWait(
  work: PrepareWork,
  onMade: (ref: ChangeSetRef) => void,
): Promise<ChangeSetState> {
  const { clients, spec, plan, stack, log, signal } = work;
  const { changeSetName: name, keptParameters, keptTags } = plan;
  return withGivenTemplate(
    { clients, spec, name, log, signal },
    async template => {
      const made = await createChangeSet({
        clients,
        spec,
        template,
        name,
        type: toType(work),
        keptParameters,
        keptTags,
        signal,
      });
      onMade(made);
      const isOther = plan.do === 'update' && made.stackId !== stack?.id;
      if (isOther) throw toOvertakenError(spec);
      const changeSet = await waitUntilSettled(work, made);
      const isGiven = 'TemplateBody' in template;
      if (!isGiven && changeSet.state === 'ready') {
        await assertOriginalText(spec, { ...made, signal });
      }
      return changeSet;
    },
  );
}

function toType({ plan, spec }: PrepareWork): ChangeSetType {
  if (plan.do === 'create') return 'CREATE';
  return spec.imports ? 'IMPORT' : 'UPDATE';
}

/** A stack that does not exist yet cannot be created empty. */
function isRefused({ state }: ChangeSetState, plan: ChangePlan): boolean {
  return (
    state === 'failed' ||
    state === 'unavailable' ||
    (state === 'empty' && plan.do === 'create')
  );
}

/** CloudFormation may need some seconds until it finds a new change set, or lets it be executed. */
const graceMs = 30_000;

async function waitUntilSettled(
  work: PrepareWork,
  made: ChangeSetRef,
): Promise<ChangeSetState> {
  const { spec, signal, log, deadline } = work;
  const { stackName } = spec;
  const isSettled = toIsSettled(spec);
  const changeSet = await poll<ChangeSetState | undefined>({
    ask: () => findChangeSet({ ...made, signal }),
    until: isSettled,
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

/** Makes the test whether a change set is settled, which throws if it is gone. */
function toIsSettled(spec: DeploymentSpec) {
  let since = Date.now();
  let last: ChangeSetState['state'] | 'unseen' = 'unseen';
  return (found: ChangeSetState | undefined): boolean => {
    const state = found?.state ?? (last === 'unseen' ? last : 'obsolete');
    if (state !== last) since = Date.now();
    last = state;
    const isLate = Date.now() > since + graceMs;
    if (state === 'obsolete' || (state === 'unseen' && isLate)) {
      throw toOvertakenError(spec);
    }
    if (state === 'unavailable') return isLate;
    return state !== 'pending' && state !== 'unseen';
  };
}

/** Makes the error for a change set that is gone: executing one drops all others of the stack. */
export const toOvertakenError = ({
  stackName,
}: Pick<DeploymentSpec, 'stackName'>) =>
  new ConflictError(
    `Another caller has changed stack ${stackName} meanwhile, so nothing was done. Run this again`,
  );

/** Removes a change set that is not executed, and logs whether something is left. */
export async function discardChangeSet(
  work: PrepareWork,
  made: ChangeSetRef,
): Promise<void> {
  const left = await removeChangeSet(work, made);
  work.log(
    left
      ? `Nothing was changed. ${left}`
      : 'Nothing was changed, and nothing is left behind',
  );
}
