import { AwsClients, WaitOptions } from '@data-lake/aws';
import { toAddedResources } from '../change/describeChange';
import { Allowances } from '../change/findGates';
import { ChangePlan } from '../change/planDeployment';
import { ChangeSetRef } from '../stack/changeSet';
import { DeploymentResult, DeploymentSpec } from '../stack/deploymentSpec';
import { toDriftText } from '../stack/toDriftText';
import { findEventBefore } from '../stack/events';
import { toExecutedChangeSet, toExecutionToken } from '../stack/identity';
import { toChangeSummary } from '../stack/resourceChange';
import { StackState } from '../stack/stack';
import { maskOutputs, redact, redactError } from '../template/secrets';
import { OnCancel } from './afterCancel';
import {
  assertAllowedChange,
  describeAsPreviewed,
} from './assertAllowedChange';
import { continueRollback } from './continueRollback';
import { deleteFailedStack } from './deleteEmptyStack';
import { followDeployment, noChanges, toStackUrl } from './followDeployment';
import {
  AuthorizeStack,
  FailureReports,
  PlannedStack,
  planStackNow,
  ReadyPlan,
} from './planStackNow';
import {
  discardChangeSet,
  prepareChangeSet,
  PrepareWork,
} from './prepareChangeSet';
import { toRefusal } from './toRefusal';
import { removeChangeSet } from './removeChangeSet';
import { StartedOperations } from './startedOperations';
import { startExecution } from './startExecution';

/** @public */
export interface DeployOptions {
  clients: AwsClients;
  spec: DeploymentSpec;
  /** Gets each step and event, in one line. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** The fate of a started operation when `signal` aborts; optional, default `leave`. */
  onCancel?: OnCancel;
  /** False to return as soon as CloudFormation has started; optional, default true. */
  wait?: boolean;
  /** Optional, default 60. */
  timeoutMinutes?: number;
  /** Gates that the caller opens; a closed gate refuses the deployment before anything is changed. */
  allow?: Allowances;
  /** Continue the rollback of a stack in UPDATE_ROLLBACK_FAILED, before it is updated. */
  continueRollback?: boolean;
  /** Logical ids of resources that cannot be rolled back, such as those deleted manually. */
  resourcesToSkip?: string[];
  /** The digest of a preview: only exactly that change is executed. */
  previewDigest?: string;
  /** The failures that the caller knows of; optional, default all, so that a failure is tried again. */
  reports?: FailureReports;
  /** Gets the name of the change set as soon as it is known, and of its stack, such as for an audit. */
  onChangeSet?: (name: string, stackName: string) => void;
  /** Gets the tags of an existing stack first; throws if the caller may not touch it. */
  authorizeStack?: AuthorizeStack;
  /** Shared by the operations of one piece of work, so that an error of a later one tells the earlier ones. */
  operations?: StartedOperations;
}

/**
 * Brings a stack to the desired state by a change set, and waits for the end. A retry with the same
 * identity follows the operation that the first try started, even if that process was killed.
 *
 * @throws InputError, ConflictError if the deployment is refused, NotAllowedError if a gate is closed;
 * nothing was changed then
 * @throws OperationStartedError if it fails after CloudFormation has started, and says how to follow it
 * @throws DeploymentFailedError with logical id, type, reason and console link of the first failure
 * @public
 */
export async function deployStack(
  options: DeployOptions,
): Promise<DeploymentResult> {
  const {
    clients,
    spec,
    operations = new StartedOperations(clients),
  } = options;
  const work: DeployWork = {
    ...options,
    operations,
    log: line => options.log(redact(spec, line)),
    deadline: Date.now() + (options.timeoutMinutes ?? 60) * 60_000,
  };
  try {
    return await deploy(work);
  } catch (error) {
    throw redactError(spec, operations.explain(error));
  }
}

type DeployWork = DeployOptions &
  WaitOptions & { operations: StartedOperations };

async function deploy(work: DeployWork): Promise<DeploymentResult> {
  for (;;) {
    const planned = await planStackNow(work);
    const { plan, stack, newest } = planned;
    switch (plan.do) {
      case 'refuse':
        throw toRefusal(plan);
      case 'follow':
        return followEarlier(work, { ...planned, plan });
      case 'delete first':
        await describeAsPreviewed(work, {
          does: 'replace',
          resources: toAddedResources(work.spec),
        });
        await deleteFailedStack(work, stack!, newest.at(-1)?.id);
        break;
      case 'continue rollback':
        await continueRollback(work, stack!, newest.at(-1)?.id);
        break;
      default:
        return applyChange(work, { ...planned, plan });
    }
  }
}

async function followEarlier(
  work: DeployWork,
  { plan, stack, newest }: PlannedStack<Extract<ReadyPlan, { do: 'follow' }>>,
): Promise<DeploymentResult> {
  const { clients, spec, log, signal, operations } = work;
  const { stackName } = spec;
  const { stackId, token } = plan;
  work.onChangeSet?.(toExecutedChangeSet(token), stackName);
  const act = /^(CREATE|ROLLBACK)_/.test(stack!.status) ? 'create' : 'update';
  operations.start({ act, stackName, stackId });
  log('Following the operation that an earlier try of this step started');
  const before = newest.findLast(event => event.token !== token)?.id;
  return followDeployment(work, {
    stackId,
    token,
    after:
      before ?? (await findEventBefore({ clients, stackId, token, signal })),
  });
}

async function applyChange(
  work: DeployWork,
  planned: PlannedStack<ChangePlan>,
): Promise<DeploymentResult> {
  const { clients, spec, log, operations } = work;
  const { plan, stack } = planned;
  const { stackName } = spec;
  const name = plan.changeSetName;
  const verb = plan.do === 'create' ? 'Creating' : 'Updating';
  work.onChangeSet?.(name, stackName);
  log(`${verb} stack ${stackName} with change set ${name}`);
  const drift = stack && toDriftText(stack);
  if (drift) log(drift);

  const prepareWork = { ...work, plan, stack };
  const changeSet = await prepareChangeSet(prepareWork);
  const { id, stackId } = changeSet;
  if (changeSet.state === 'empty' && stack) {
    const left = await removeChangeSet(prepareWork, changeSet);
    if (left) log(left);
    return toUnchanged(work, stack);
  }
  const token = toExecutionToken(name, id);
  const operation = { act: plan.do, stackName, stackId };
  if (changeSet.state === 'ready') {
    await discardOnFailure(prepareWork, changeSet, async () => {
      await assertAllowedChange(work, planned, changeSet);
      work.signal?.throwIfAborted();
      await startExecution({
        clients,
        id,
        stackId,
        token,
        operation,
        operations,
      });
    });
  } else {
    operations.start(operation);
  }
  return followDeployment(work, {
    stackId,
    after: planned.newest.at(-1)?.id,
    token,
    changes: toChangeSummary(changeSet.resources),
  });
}

function toUnchanged(
  { clients, spec, log }: DeployWork,
  stack: StackState,
): DeploymentResult {
  log(`Stack ${stack.name} is up to date: nothing to change`);
  return {
    stackId: stack.id,
    status: stack.status,
    outputs: maskOutputs(spec, stack.outputs),
    changed: false,
    changes: noChanges,
    consoleUrl: toStackUrl(clients, stack.id),
  };
}

/** A failure before the execution leaves no change set behind. */
async function discardOnFailure(
  work: PrepareWork & Pick<DeployWork, 'operations'>,
  changeSet: ChangeSetRef,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!work.operations.isRunning) await discardChangeSet(work, changeSet);
    throw error;
  }
}
