import { AwsClients, consoleUrl, Waiting } from '@data-lake/aws';
import { afterCancel, OnCancel } from './afterCancel';
import { isSuccess, StackEvent } from '../stack/events';
import { toFailure } from './failure';
import { followOperation } from './followOperation';
import { toChangeSetOf } from '../stack/identity';
import { Reports } from './planNow';
import { Changes, Deployment, DeployRequest } from '../stack/request';
import { maskOutputs } from '../stack/secrets';
import { findStack } from '../stack/stack';

export type Following = Waiting & {
  request: DeployRequest;
  onCancel?: OnCancel;
  wait?: boolean;
  reports?: Reports;
};

/** An operation on a stack that has begun. */
export interface Operation {
  /** Name or id. */
  stackId: string;
  /** The last event before it. */
  after?: string;
  /** Of its execution. */
  token: string;
  /** Absent where it is attached to: the change set is gone then. */
  changes?: Changes;
}

/**
 * Waits for the end of an operation, unless it is not to be waited for, and gives what came of it.
 *
 * @throws DeploymentFailedError where it has failed
 */
export async function followDeployment(
  work: Following,
  operation: Operation,
): Promise<Deployment> {
  const { clients, request, log, signal } = work;
  if (work.wait === false) return begun(work, operation);
  const events = await toTheEnd(work, operation);
  const last = events.findLast(({ ofStack }) => ofStack)!;
  if (!isSuccess(last.status)) {
    await work.reports?.add(operation.token);
    throw await toFailure(clients, request.stackName, events);
  }
  const { stackId } = last;
  const stack = await findStack(clients, stackId, signal);
  log(`Stack ${request.stackName} is ${last.status}`);
  return {
    ...toResult(operation),
    stackId,
    status: last.status,
    outputs: maskOutputs(request, stack?.outputs ?? {}),
    consoleUrl: linkTo(clients, stackId),
  };
}

async function begun(
  work: Following,
  operation: Operation,
): Promise<Deployment> {
  const { clients, log, signal } = work;
  const stack = await findStack(clients, operation.stackId, signal);
  const stackId = stack?.id ?? operation.stackId;
  const link = linkTo(clients, stackId);
  log(`Begun, and not waiting for the end: ${link}`);
  return {
    ...toResult(operation),
    stackId,
    status: stack?.status ?? 'unknown',
    outputs: {},
    consoleUrl: link,
  };
}

async function toTheEnd(
  work: Following,
  { stackId, after, token }: Operation,
): Promise<StackEvent[]> {
  const { clients, signal, onCancel = 'leave' } = work;
  const link = linkTo(clients, stackId);
  try {
    return await followOperation({ ...work, stackId, after, consoleUrl: link });
  } catch (error) {
    if (signal?.aborted) {
      await afterCancel({ ...work, stackId, onCancel });
      // whoever cancelled knows; a next try begins anew
      await work.reports?.add(token);
    }
    throw error;
  }
}

const toResult = ({ token, changes }: Operation) => ({
  changed: true,
  changes: changes ?? noChanges,
  changeSetName: toChangeSetOf(token),
});

export const noChanges: Changes = {
  added: [],
  changed: [],
  replaced: [],
  removed: [],
};

export function linkTo({ target }: AwsClients, stackId: string): string {
  return consoleUrl(target, { of: 'stack', stackId });
}
