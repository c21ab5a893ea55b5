import { ServiceUnavailableError } from '@backstage/errors';
import { poll, WaitOptions } from '@data-lake/aws';
import {
  DeployPlan,
  PlanBasis,
  planDeployment,
} from '../change/planDeployment';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { listEvents, StackEvent } from '../stack/events';
import { toCallerName } from '../stack/identity';
import { findStack, StackState } from '../stack/stack';
import { StartedOperations } from './startedOperations';

/** A stack with its newest events, and the plan for it. */
export interface PlannedStack<P = DeployPlan> {
  stack?: StackState;
  /** Oldest first. */
  newest: StackEvent[];
  plan: P;
}

/** A plan that does not have to wait for an operation. */
export type ReadyPlan = Exclude<DeployPlan, { do: 'wait' }>;

/**
 * Throws if the caller may not touch a stack with these tags.
 *
 * @public
 */
export type AuthorizeStack = (
  tags: Readonly<Record<string, string>>,
) => Promise<void> | void;

/**
 * Remembers the failures that a caller knows of, by token. A failure that was never reported, as the
 * process that followed it was killed, is reported and not tried again; a reported one is tried again.
 *
 * @public
 */
export interface FailureReports {
  has(token: string): Promise<boolean>;
  add(token: string): Promise<void>;
}

type PlanWork = WaitOptions &
  Pick<PlanBasis, 'continueRollback' | 'purpose'> & {
    spec: DeploymentSpec;
    reports?: FailureReports;
    authorizeStack?: AuthorizeStack;
    operations?: StartedOperations;
  };

/**
 * Reads the stack and plans. Waits first for another operation of the same caller, such as one that a
 * killed process or an earlier step started.
 *
 * @throws ServiceUnavailableError at the deadline
 */
export async function planStackNow(
  work: PlanWork,
): Promise<PlannedStack<ReadyPlan>> {
  const { spec, log, signal, deadline, operations } = work;
  const first = await readAndPlan(work);
  if (isReady(first)) return first;
  log('Waiting for an earlier operation of this task');
  const { stackName } = spec;
  const { id: stackId } = first.stack!;
  operations?.start({ act: 'update', stackName, stackId });
  const settled = await poll<PlannedStack>({
    ask: () => readAndPlan(work),
    first,
    until: isReady,
    deadline,
    describe: () => 'an earlier operation of this task',
    toTimeoutError: () =>
      new ServiceUnavailableError(
        `An earlier operation of stack ${stackName} has not ended in time`,
      ),
    signal,
    log,
  });
  operations?.end(settled.stack?.status ?? 'the stack is gone');
  return settled as PlannedStack<ReadyPlan>;
}

const isReady = (planned: PlannedStack): planned is PlannedStack<ReadyPlan> =>
  planned.plan.do !== 'wait';

async function readAndPlan(work: PlanWork): Promise<PlannedStack> {
  const { clients, spec, signal, reports } = work;
  const stack = await findStack(clients, spec.stackName, signal);
  if (stack) await work.authorizeStack?.(stack.tags);
  const newest = stack
    ? await listEvents({ clients, stackId: stack.id, newestPage: true, signal })
    : [];
  const lastEvent = newest.at(-1);
  const token = lastEvent?.token;
  const isOwn = token?.startsWith(toCallerName(spec));
  const isReported = isOwn ? await reports?.has(token!) : true;
  const plan = planDeployment({ ...work, stack, lastEvent, isReported });
  return { stack, newest, plan };
}
