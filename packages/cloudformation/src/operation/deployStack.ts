import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import { AwsClients, Waiting } from '@data-lake/aws';
import { beginExecution, MayHaveBegunError } from './beginExecution';
import { OnCancel } from './afterCancel';
import { ChangeSetState, deleteChangeSet } from '../stack/changeSet';
import { continueRollback } from './continueRollback';
import { describeChange, toAdded } from '../change/describeChange';
import { driftText } from '../stack/drift';
import { deleteDeadStack } from './emptyStack';
import { findEventBefore } from '../stack/events';
import { followDeployment, linkTo, noChanges } from './followDeployment';
import { Allowances, findGates } from '../change/gates';
import { toChangeSetOf, toExecutionToken } from '../stack/identity';
import { DeployPlan } from '../change/plan';
import { MayTouch, planNow, ReadyPlan, Reports, Situation } from './planNow';
import { ChangePlan, leaveNothing, prepareChangeSet } from './prepareChangeSet';
import { logResources } from './previewStack';
import { Deployment, DeployRequest } from '../stack/request';
import { toChanges } from '../stack/resourceChange';
import { maskOutputs, redact, redactError } from '../stack/secrets';
import { StackState } from '../stack/stack';

/** @public */
export interface DeployOptions {
  clients: AwsClients;
  request: DeployRequest;
  /** Told each step and event, in one line. */
  log: (line: string) => void;
  signal?: AbortSignal;
  /** What becomes of an operation that has begun when `signal` aborts; `leave` where absent. */
  onCancel?: OnCancel;
  /** False: returns as soon as CloudFormation has begun. */
  wait?: boolean;
  /** The wait's bound; 60 where absent. */
  timeoutMinutes?: number;
  /** What may be done; what is not said is refused before anything is changed. */
  allow?: Allowances;
  /** Continue the rollback of a stack that is UPDATE_ROLLBACK_FAILED, before it is updated. */
  continueRollback?: boolean;
  /** Logical ids of what cannot be rolled back, such as what somebody has deleted by hand. */
  resourcesToSkip?: string[];
  /** The digest of a preview: only exactly that change is executed. */
  previewDigest?: string;
  /** What the asker was told already; absent: all, so that what failed is tried again. */
  reports?: Reports;
  /** Told the name of the change set as soon as it is known, and of which stack, such as for an audit. */
  onChangeSet?: (name: string, stackName: string) => void;
  /**
   * Told the tags of a stack that is there before anything is done to it, or told of it: throws where the
   * asker may not touch what is somebody else's.
   */
  assertMayTouch?: MayTouch;
}

/**
 * Brings a stack to the requested state by a change set, and waits for the end. Trying again with
 * the same identity attaches to what the first try began, also where that try was killed.
 *
 * @throws InputError, ConflictError where the request is refused, NotAllowedError where a gate is not allowed;
 * nothing was changed then
 * @throws DeploymentFailedError with logical id, type, reason and console link of the first failure
 * @public
 */
export async function deployStack(options: DeployOptions): Promise<Deployment> {
  const { request } = options;
  const work: Work = {
    ...options,
    log: line => options.log(redact(request, line)),
    deadline: Date.now() + (options.timeoutMinutes ?? 60) * 60_000,
  };
  try {
    return await deploy(work);
  } catch (error) {
    throw redactError(request, error);
  }
}

type Work = DeployOptions & Waiting;

async function deploy(work: Work): Promise<Deployment> {
  for (;;) {
    const now = await planNow(work);
    const { plan, stack, newest } = now;
    switch (plan.do) {
      case 'refuse':
        throw toRefusal(plan);
      case 'follow':
        return attach(work, { ...now, plan });
      case 'delete first':
        await assertPreviewed(work, {
          does: 'replace',
          resources: toAdded(work.request),
        });
        await deleteDeadStack(work, stack!);
        break;
      case 'continue rollback':
        await continueRollback(work, stack!, newest.at(-1)?.id);
        break;
      default:
        return change(work, { ...now, plan });
    }
  }
}

function toRefusal(plan: Extract<DeployPlan, { do: 'refuse' }>): Error {
  return plan.because === 'input'
    ? new InputError(plan.reason)
    : new ConflictError(plan.reason);
}

async function attach(
  work: Work,
  { plan, newest }: Situation<Extract<ReadyPlan, { do: 'follow' }>>,
): Promise<Deployment> {
  const { clients, log, signal } = work;
  const { stackId, token } = plan;
  work.onChangeSet?.(toChangeSetOf(token), work.request.stackName);
  log('Attaching to the operation that an earlier try of this step began');
  const before = newest.findLast(event => event.token !== token)?.id;
  return followDeployment(work, {
    stackId,
    token,
    after:
      before ?? (await findEventBefore({ clients, stackId, token, signal })),
  });
}

async function change(
  work: Work,
  now: Situation<ChangePlan>,
): Promise<Deployment> {
  const { clients, request, log } = work;
  const { plan, stack } = now;
  const { stackName } = request;
  const name = plan.changeSetName;
  const verb = plan.do === 'create' ? 'Creating' : 'Updating';
  work.onChangeSet?.(name, work.request.stackName);
  log(`${verb} stack ${stackName} with change set ${name}`);
  const drifted = stack && driftText(stack);
  if (drifted) log(drifted);

  const changeSet = await prepareChangeSet({ ...work, plan });
  const { state, resources } = changeSet;
  if (state === 'empty' && stack) {
    await deleteChangeSet({ clients, stackName, name });
    return unchanged(work, stack);
  }
  const token = toExecutionToken(name, changeSet.id);
  if (state === 'ready') {
    await orLeaveNothing(work, plan, async () => {
      await assertMay(work, now, changeSet);
      work.signal?.throwIfAborted();
      await beginExecution({ clients, stackName, name, token });
    });
  }
  return followDeployment(work, {
    stackId: stack?.id ?? stackName,
    after: now.newest.at(-1)?.id,
    token,
    changes: toChanges(resources),
  });
}

function unchanged(
  { clients, request, log }: Work,
  stack: StackState,
): Deployment {
  log(`Stack ${stack.name} is as it should be: nothing to change`);
  return {
    stackId: stack.id,
    status: stack.status,
    outputs: maskOutputs(request, stack.outputs),
    changed: false,
    changes: noChanges,
    consoleUrl: linkTo(clients, stack.id),
  };
}

/** What stops before execution leaves no change set behind. */
async function orLeaveNothing(
  work: Work,
  plan: ChangePlan,
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof MayHaveBegunError)) {
      await leaveNothing({ ...work, plan });
    }
    throw error;
  }
}

/** Stops what was not allowed or not previewed. */
async function assertMay(
  work: Work,
  { plan, stack, newest }: Situation<ChangePlan>,
  { resources }: ChangeSetState,
): Promise<void> {
  const described = await assertPreviewed(work, {
    does: plan.do,
    resources,
    changeSetName: plan.changeSetName,
    stack: plan.do === 'update' ? stack : undefined,
    lastEvent: newest.at(-1)?.id,
  });
  logResources(described.resources, work.log);
  const gates = findGates(described, work.allow ?? {});
  if (gates.length > 0) {
    throw new NotAllowedError(
      `Stack ${work.request.stackName} was not changed. ${gates.join('. ')}`,
    );
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
