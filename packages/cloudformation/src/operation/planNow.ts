import { ServiceUnavailableError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { listEvents, StackEvent } from '../stack/events';
import { toAskerName } from '../stack/identity';
import { DeployPlan, planDeployment, PlanBasis } from '../change/plan';
import { DeployRequest } from '../stack/request';
import { findStack, StackState } from '../stack/stack';
import { Heartbeat, Patience, pauses, Waiting } from '@data-lake/aws';

/** The stack as it is, its newest events, and what is to be done with it. */
export interface Situation<P = DeployPlan> {
  stack?: StackState;
  /** Oldest first. */
  newest: StackEvent[];
  plan: P;
}

/** What is to be done, where nothing is to be waited for any more. */
export type ReadyPlan = Exclude<DeployPlan, { do: 'wait' }>;

/**
 * Looks at the stack and decides. While another operation of the same asker goes on, such as one that
 * a killed process or an earlier step began, it waits for its end.
 *
 * @throws ServiceUnavailableError at the deadline
 */
export async function planNow(
  options: Waiting &
    Pick<PlanBasis, 'continueRollback' | 'purpose'> & {
      request: DeployRequest;
      reports?: Reports;
      assertMayTouch?: MayTouch;
    },
): Promise<Situation<ReadyPlan>> {
  const { log, signal, deadline } = options;
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  let waits = false;
  for (const pause of pauses()) {
    const look = () => lookAndPlan(options);
    const found = waits ? await patience.tryTo(look) : { got: await look() };
    if (found && found.got.plan.do !== 'wait') {
      return found.got as Situation<ReadyPlan>;
    }
    if (Date.now() > deadline) break;
    if (!waits) log('Waiting for what was begun here before');
    waits = true;
    heart.beat(() => 'Still waiting for what was begun here before');
    await sleep(pause, undefined, { signal });
  }
  throw new ServiceUnavailableError(
    `An earlier operation on stack ${options.request.stackName} has not ended in time. Run again to go on`,
  );
}

/** @public */
export type MayTouch = (
  tags: Readonly<Record<string, string>>,
) => Promise<void> | void;

/**
 * What its asker has been told. A failure that nobody was told, as the process that followed it was
 * killed, is told and not tried again; one that was told is tried again, as that is asked for.
 *
 * @public
 */
export interface Reports {
  has(token: string): Promise<boolean>;
  add(token: string): Promise<void>;
}

async function lookAndPlan(
  options: Parameters<typeof planNow>[0],
): Promise<Situation> {
  const { clients, request, signal, reports } = options;
  const stack = await findStack(clients, request.stackName, signal);
  if (stack) await options.assertMayTouch?.(stack.tags);
  const newest = stack
    ? await listEvents({ clients, stackId: stack.id, newestPage: true, signal })
    : [];
  const lastEvent = newest.at(-1);
  const token = lastEvent?.token;
  const isOwn = token?.startsWith(toAskerName(request));
  const told = isOwn ? await reports?.has(token!) : true;
  const plan = planDeployment({ ...options, stack, lastEvent, told });
  return { stack, newest, plan };
}
