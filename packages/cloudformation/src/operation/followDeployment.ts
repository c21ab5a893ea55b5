import { AwsClients, consoleUrl, WaitOptions } from '@data-lake/aws';
import {
  ChangeSummary,
  DeploymentResult,
  DeploymentSpec,
} from '../stack/deploymentSpec';
import { isSuccess, StackEvent } from '../stack/events';
import { toExecutedChangeSet } from '../stack/identity';
import { listLeftBehind } from '../stack/listUndeleted';
import { findStack } from '../stack/stack';
import { maskOutputs } from '../template/secrets';
import { afterCancel, OnCancel } from './afterCancel';
import { toFailure } from './toFailure';
import { followOperation } from './followOperation';
import { FailureReports } from './planStackNow';
import { StartedOperations } from './startedOperations';

/** The options of a deployment that following it needs. */
export type FollowWork = WaitOptions & {
  spec: DeploymentSpec;
  onCancel?: OnCancel;
  wait?: boolean;
  reports?: FailureReports;
  operations: StartedOperations;
};

/** A started operation of a stack. */
export interface StartedOperation {
  /** ARN. */
  stackId: string;
  /** Id of the last event before the operation. */
  after?: string;
  /** Client token of the execution. */
  token: string;
  /** Absent for the operation of an earlier try: its change set no longer exists. */
  changes?: ChangeSummary;
}

/**
 * Waits for the end of an operation, unless `wait` is false, and returns its result.
 *
 * @throws DeploymentFailedError if the operation failed
 */
export async function followDeployment(
  work: FollowWork,
  operation: StartedOperation,
): Promise<DeploymentResult> {
  const { clients, spec, log, signal } = work;
  if (work.wait === false) return toStartedResult(work, operation);
  const events = await followToEnd(work, operation);
  const last = events.findLast(({ ofStack }) => ofStack)!;
  if (!isSuccess(last.status)) {
    await work.reports?.add(operation.token);
    throw await toFailure(clients, spec.stackName, events);
  }
  const { stackId } = operation;
  const stack = await findStack(clients, stackId, signal);
  log(`Stack ${spec.stackName} is ${last.status}`);
  const warnings = listLeftBehind(events);
  warnings.forEach(log);
  return {
    ...toResult(operation),
    ...(warnings.length > 0 && { warnings }),
    stackId,
    status: last.status,
    outputs: maskOutputs(spec, stack?.outputs ?? {}),
    consoleUrl: toStackUrl(clients, stackId),
  };
}

async function toStartedResult(
  work: FollowWork,
  operation: StartedOperation,
): Promise<DeploymentResult> {
  const { clients, log, signal } = work;
  const stack = await findStack(clients, operation.stackId, signal);
  const { stackId } = operation;
  const link = toStackUrl(clients, stackId);
  log(`Started; not waiting for completion: ${link}`);
  return {
    ...toResult(operation),
    stackId,
    status: stack?.status ?? 'unknown',
    outputs: {},
    consoleUrl: link,
  };
}

async function followToEnd(
  work: FollowWork,
  { stackId, after, token }: StartedOperation,
): Promise<StackEvent[]> {
  const { signal, onCancel = 'leave' } = work;
  try {
    return await followOperation({ ...work, stackId, after });
  } catch (error) {
    if (signal?.aborted) {
      await afterCancel({ ...work, stackId, onCancel });
      // the caller knows of the cancellation; the next try starts anew
      await work.reports?.add(token);
    }
    throw error;
  }
}

const toResult = ({ token, changes }: StartedOperation) => ({
  changed: true,
  changes: changes ?? noChanges,
  changeSetName: toExecutedChangeSet(token),
});

/** The summary of a deployment without changes, or with unknown ones. */
export const noChanges: ChangeSummary = {
  added: [],
  changed: [],
  replaced: [],
  removed: [],
};

/** Returns the address of a stack in the AWS console. */
export function toStackUrl({ target }: AwsClients, stackId: string): string {
  return consoleUrl(target, { of: 'stack', stackId });
}
