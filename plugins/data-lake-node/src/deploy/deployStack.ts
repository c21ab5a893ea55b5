import { ConflictError, CustomErrorBase, InputError } from '@backstage/errors';
import { AwsClients } from '../aws/clients';
import { consoleUrl } from '../aws/console';
import { deleteChangeSet, executeChangeSet } from './changeSet';
import { deleteDeadStack } from './emptyStack';
import { describeChange, toAdded } from './describe';
import { findCause, isSuccess, listEvents, StackEvent } from './events';
import { followOperation } from './follow';
import { Allowances, findGates } from './gates';
import { Waiting } from './waiting';
import { DeployPlan, planDeployment } from './plan';
import { ChangePlan, leaveNothing, prepareChangeSet } from './prepare';
import { logResources } from './previewStack';
import { Changes, Deployment, DeployRequest } from './request';
import { ResourceChange, toChanges } from './resourceChange';
import { findStack, StackState } from './stack';
import { listValidationErrors } from './validation';

/** CloudFormation rolled the stack back: the message names the first cause. @public */
export class DeploymentFailedError extends CustomErrorBase {
  name = 'DeploymentFailedError' as const;
}

/** @public */
export interface DeployOptions {
  clients: AwsClients;
  request: DeployRequest;
  /** Told each step and event, in one line. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** False: returns as soon as CloudFormation has begun. */
  wait?: boolean;
  /** The wait's bound; 60 where absent. */
  timeoutMinutes?: number;
  /** What may be done; what is not said is refused before anything is changed. */
  allow?: Allowances;
  /** The digest of a preview: only exactly that change is executed. */
  previewDigest?: string;
}

/**
 * Brings a stack to the requested state by a change set, and waits for the end. Trying again with
 * the same identity attaches to what the first try began.
 *
 * @throws InputError, ConflictError where the request is refused; nothing was changed then
 * @throws DeploymentFailedError with logical id, type, reason and console link of the first failure
 * @public
 */
export async function deployStack(options: DeployOptions): Promise<Deployment> {
  const { clients, request, log, signal } = options;
  const stack = await findStack(clients, request.stackName, signal);
  const newest = stack
    ? await listEvents({ clients, stackId: stack.id, newestPage: true, signal })
    : [];
  const lastEvent = newest.at(-1);
  const plan = planDeployment({ request, stack, lastEvent });
  const work: Work = {
    ...options,
    deadline: Date.now() + (options.timeoutMinutes ?? 60) * 60_000,
  };
  switch (plan.do) {
    case 'refuse':
      throw toRefusal(plan);
    case 'follow':
      log('Attaching to the operation that an earlier try of this step began');
      return follow(work, {
        stackId: plan.stackId,
        after: newest.findLast(({ token }) => token !== plan.token)?.id,
      });
    default:
      if (!stack || !plan.deleteFirst) {
        return change(work, { plan, stack, lastEvent: lastEvent?.id });
      }
      await assertPreviewed(work, {
        does: 'replace',
        resources: toAdded(request),
        stack,
        lastEvent: lastEvent?.id,
      });
      await deleteDeadStack(work, stack);
      return change({ ...work, previewDigest: undefined }, { plan });
  }
}

type Work = DeployOptions & Waiting;

function toRefusal(plan: Extract<DeployPlan, { do: 'refuse' }>): Error {
  return plan.because === 'input'
    ? new InputError(plan.reason)
    : new ConflictError(plan.reason);
}

async function change(
  work: Work,
  now: { plan: ChangePlan; stack?: StackState; lastEvent?: string },
): Promise<Deployment> {
  const { clients, request, log } = work;
  const { plan, stack, lastEvent } = now;
  const { stackName } = request;
  const verb = plan.do === 'create' ? 'Creating' : 'Updating';
  log(`${verb} stack ${stackName} with change set ${plan.changeSetName}`);

  const { state, resources } = await prepareChangeSet({ ...work, plan });
  const name = plan.changeSetName;
  if (state === 'empty' && stack) {
    await deleteChangeSet({ clients, stackName, name });
    return unchanged(work, stack);
  }
  logResources(resources, log);
  if (state === 'ready') await assertMay(work, { ...now, resources });
  // no signal: from here on, a lost answer would leave open whether it has begun
  if (state === 'ready') await executeChangeSet({ clients, stackName, name });
  return follow(work, {
    stackId: stack?.id ?? stackName,
    after: lastEvent,
    changes: toChanges(resources),
  });
}

function unchanged({ clients, log }: Work, stack: StackState): Deployment {
  log(`Stack ${stack.name} is as it should be: nothing to change`);
  return {
    stackId: stack.id,
    status: stack.status,
    outputs: stack.outputs,
    changed: false,
    changes: noChanges,
    consoleUrl: linkTo(clients, stack.id),
  };
}

const noChanges: Changes = {
  added: [],
  changed: [],
  replaced: [],
  removed: [],
};

/** Stops before execution, and leaves nothing, what was not allowed or not previewed. */
async function assertMay(
  work: Work,
  now: {
    plan: ChangePlan;
    stack?: StackState;
    lastEvent?: string;
    resources: ResourceChange[];
  },
): Promise<void> {
  const { plan, resources } = now;
  const there = now.stack?.status === 'REVIEW_IN_PROGRESS' ? undefined : now;
  try {
    const described = await assertPreviewed(work, {
      does: plan.do,
      resources,
      stack: there?.stack,
      lastEvent: there?.lastEvent,
    });
    const gates = findGates(described, work.allow ?? {});
    if (gates.length > 0) {
      throw new InputError(
        `Stack ${work.request.stackName} was not changed. ${gates.join('. ')}`,
      );
    }
  } catch (error) {
    await leaveNothing({ ...work, plan });
    throw error;
  }
}

async function assertPreviewed(
  work: Work,
  change_: Omit<
    Parameters<typeof describeChange>[0],
    'clients' | 'request' | 'signal'
  >,
) {
  const described = await describeChange({ ...work, ...change_ });
  const { previewDigest } = work;
  if (previewDigest !== undefined && previewDigest !== described.digest) {
    throw new ConflictError(
      `What would be done to stack ${work.request.stackName} is not what was previewed: the stack or the request has changed since. Preview again`,
    );
  }
  return described;
}

interface Operation {
  /** Name or id. */
  stackId: string;
  /** The last event before it. */
  after?: string;
  changes?: Changes;
}

async function follow(work: Work, operation: Operation): Promise<Deployment> {
  const { clients, request, log, signal } = work;
  if (work.wait === false) return begun(work, operation);
  const events = await toTheEnd(work, operation);
  const last = events.findLast(({ ofStack }) => ofStack)!;
  const stackId = last.physicalId!;
  if (!isSuccess(last.status)) {
    throw await toFailure(clients, request.stackName, events);
  }

  const stack = await findStack(clients, stackId, signal);
  log(`Stack ${request.stackName} is ${last.status}`);
  return {
    stackId,
    status: last.status,
    outputs: stack?.outputs ?? {},
    changed: true,
    changes: operation.changes ?? noChanges,
    consoleUrl: linkTo(clients, stackId),
  };
}

async function begun(work: Work, operation: Operation): Promise<Deployment> {
  const { clients, log, signal } = work;
  const stack = await findStack(clients, operation.stackId, signal);
  const stackId = stack?.id ?? operation.stackId;
  const link = linkTo(clients, stackId);
  log(`Begun, and not waiting for the end: ${link}`);
  return {
    stackId,
    status: stack?.status ?? 'unknown',
    outputs: {},
    changed: true,
    changes: operation.changes ?? noChanges,
    consoleUrl: link,
  };
}

async function toTheEnd(
  work: Work,
  { stackId, after }: Operation,
): Promise<StackEvent[]> {
  const link = linkTo(work.clients, stackId);
  try {
    return await followOperation({ ...work, stackId, after, consoleUrl: link });
  } catch (error) {
    if (work.signal?.aborted) {
      work.log(`Cancelled here, but CloudFormation goes on: ${link}`);
    }
    throw error;
  }
}

function linkTo({ target }: AwsClients, stackId: string): string {
  return consoleUrl(target, { of: 'stack', stackId });
}

async function toFailure(
  clients: AwsClients,
  stackName: string,
  events: readonly StackEvent[],
): Promise<Error> {
  const last = events.findLast(({ ofStack }) => ofStack)!;
  const stackId = last.physicalId!;
  const cause = findCause(events);
  const invalid = await listValidationErrors({
    clients,
    stackName: stackId,
    reason: cause?.reason,
  });
  const why = invalid.length > 0 ? invalid.join('; ') : causeText(cause);
  const link = linkTo(clients, stackId);
  return new DeploymentFailedError(
    `Stack ${stackName} failed and is ${last.status}. ${why} (${link})`,
  );
}

function causeText(cause: StackEvent | undefined): string {
  if (!cause) return 'CloudFormation names no cause';
  const { logicalId, type, status, reason } = cause;
  return `${logicalId} (${type}) ${status}: ${reason ?? 'no reason given'}`;
}
