import {
  ConflictError,
  CustomErrorBase,
  InputError,
  NotFoundError,
} from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AwsClients,
  consoleUrl,
  Heartbeat,
  pauses,
  Waiting,
} from '@data-lake/aws';
import { listEvents, StackEvent } from '../stack/events';
import { toAskerName } from '../stack/identity';
import { followOperation } from '../operation/followOperation';
import {
  assertTaggedBucket,
  emptyBucket,
  holdsObjects,
} from '@data-lake/s3-sync';
import { letDataGo, lettingGo, readLastUpdate } from './dropRetention';
import { DeletionPlan, planDeletion } from './planDeletion';
import { DeployRequest } from '../stack/request';
import { findStack, StackState } from '../stack/stack';
import { listStackResources, HeldResource } from '../stack/stackResources';
import { readStackTemplate } from '../stack/stackTemplate';
import { startDeletion } from '../stack/startDeletion';

/** CloudFormation could not delete all of a stack: the message names what is left and why. @public */
export class DeletionFailedError extends CustomErrorBase {
  name = 'DeletionFailedError' as const;
}

/** @public */
export interface DeleteOptions {
  clients: AwsClients;
  stackName: string;
  /** Whose stack it must be, by its tag `data-lake:entity`; absent: a stack without that tag. */
  entity?: string;
  /** The stack's name once more; absent: it is only told what would go and what would stay. */
  confirm?: string;
  /** Delete all objects of buckets that go and that are tagged as the entity's. */
  emptyBuckets?: boolean;
  /** What would outlive the stack goes too, and its buckets are emptied as by `emptyBuckets`. */
  removeData?: boolean;
  /** CloudFormation service role. */
  roleArn?: string;
  /** Bucket of the account that a template over 51,200 bytes goes by, where data is removed. */
  templateBucket?: string;
  /** Told the name of the change set that lets data go, and of which stack, such as for an audit. */
  onChangeSet?: (name: string, stackName: string) => void;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** The wait's bound; 60 where absent. */
  timeoutMinutes?: number;
}

/** @public */
export interface Deletion {
  /** `DELETE_COMPLETE`, `NOT_THERE`, or the stack's status where it was only told. */
  status: string;
  deleted: boolean;
  goes: HeldResource[];
  /** What outlives the stack. */
  stays: HeldResource[];
  /** Buckets that go and hold objects: the stack is deleted only where they may be emptied. */
  fullBuckets: string[];
}

/**
 * Tells what deleting a stack removes and leaves, and, where its name is confirmed, deletes it.
 * Trying again follows the deletion that goes on; a stack that is gone is no error.
 *
 * Cancelled before CloudFormation begins, no resource is gone, only what buckets held; afterwards the
 * deletion goes on, since CloudFormation cannot cancel one. The log says which.
 *
 * @throws InputError, ConflictError, NotAllowedError where it is refused; nothing was deleted then
 * @throws DeletionFailedError with what could not be deleted, and why
 * @public
 */
export async function deleteStack(options: DeleteOptions): Promise<Deletion> {
  const { clients, stackName, log, confirm } = options;
  if (confirm !== undefined && confirm !== stackName) {
    throw new InputError(
      `Nothing was deleted: to confirm, give the stack's name, ${stackName}, not '${confirm}'`,
    );
  }
  const stack = await findSettled(options);
  const plan = await planFor(options, stack);
  switch (plan.do) {
    case 'refuse':
      throw new ConflictError(plan.reason);
    case 'nothing': {
      const { account, region } = clients.target;
      log(`There is no stack ${stackName} in ${account}/${region}`);
      return { ...nothing, status: 'NOT_THERE', deleted: false };
    }
    case 'follow':
      log(`Stack ${stackName} is being deleted already`);
      if (confirm === undefined) {
        return { ...nothing, status: stack!.status, deleted: false };
      }
      return followDeletion(toWork(options), plan.stackId);
    default:
      return deletePlanned(toWork(options), stack!, plan);
  }
}

/** A last update that lets data go, which a try that was killed has begun, is waited for. */
async function findSettled(
  options: DeleteOptions,
): Promise<StackState | undefined> {
  const { clients, stackName, signal, log } = options;
  const { deadline } = toWork(options);
  const heart = new Heartbeat(log);
  for (const pause of pauses()) {
    const stack = await findStack(clients, stackName, signal);
    if (!stack || !options.removeData || !stack.status.startsWith('UPDATE_')) {
      return stack;
    }
    if (!stack.status.endsWith('_IN_PROGRESS') || Date.now() > deadline) {
      return stack;
    }
    const of = { clients, stackId: stack.id, newestPage: true, signal };
    const token = (await listEvents(of)).at(-1)?.token;
    if (!token?.startsWith(toAskerName(lettingGo))) return stack;
    heart.beat(() => `Still waiting for the last update of ${stackName}`);
    await sleep(pause, undefined, { signal });
  }
  return undefined;
}

type Planned = Extract<DeletionPlan, { do: 'delete' }>;

type Work = DeleteOptions & Waiting;

const toWork = (options: DeleteOptions): Work => ({
  ...options,
  deadline: Date.now() + (options.timeoutMinutes ?? 60) * 60_000,
});

async function planFor(
  { clients, stackName, entity, signal }: DeleteOptions,
  stack: StackState | undefined,
): Promise<DeletionPlan> {
  const decide = (resources: HeldResource[], template?: unknown) =>
    planDeletion({ stackName, stack, entity, resources, template });
  // who may not delete it need not learn what is in it
  const first = decide([]);
  if (first.do !== 'delete') return first;
  const about = { clients, stackId: first.stackId, signal };
  const [resources, template] = await Promise.all([
    listStackResources(about),
    stack?.status === 'REVIEW_IN_PROGRESS' ? {} : readStackTemplate(about),
  ]);
  return decide(resources, template);
}

async function deletePlanned(
  work: Work,
  stack: StackState,
  plan: Planned,
): Promise<Deletion> {
  const { stackName, log, confirm, signal } = work;
  const { stackId } = plan;
  const letsGo = Boolean(work.removeData) && canLetGo(stack, plan);
  const goes = letsGo ? [...plan.goes, ...plan.stays] : plan.goes;
  const stays = letsGo ? [] : plan.stays;
  const lastUpdate = letsGo ? await readLastUpdate(work) : undefined;
  logPlan(stackName, { goes, stays }, log);
  const full = await listFullBuckets(work, goes);
  if (confirm === undefined) {
    log('Nothing was deleted. To delete it, confirm with its name');
    const fullBuckets = full;
    return { status: stack.status, deleted: false, goes, stays, fullBuckets };
  }
  await assertMayEmpty(work, full);
  const after = await begin(work, { stackId, full, lastUpdate }).catch(
    error => {
      if (signal?.aborted) {
        log(`Cancelled before CloudFormation began to delete ${stackName}`);
      }
      throw error;
    },
  );
  return {
    ...(await followDeletion(work, stackId, after)),
    goes,
    stays,
    fullBuckets: full,
  };
}

/** What outlives a stack is let go by an update, which a stack that never came to be takes no more. */
const canLetGo = ({ status }: StackState, { stays }: Planned) =>
  stays.length > 0 && /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status);

/** @returns the last event before the deletion */
async function begin(
  work: Work,
  what: {
    stackId: string;
    full: readonly string[];
    lastUpdate?: DeployRequest;
  },
): Promise<string | undefined> {
  const { clients, log, signal, roleArn } = work;
  const { stackId, full, lastUpdate } = what;
  if (lastUpdate) await letDataGo(work, lastUpdate);
  for (const bucket of full) {
    const count = await emptyBucket(work, bucket);
    log(`Emptied bucket ${bucket}: ${count} object versions`);
  }
  const [newest] = (
    await listEvents({ clients, stackId, newestPage: true, signal })
  ).slice(-1);
  signal?.throwIfAborted();
  await startDeletion({ clients, stackId, roleArn });
  return newest?.id;
}

const nothing = { goes: [], stays: [], fullBuckets: [] };

function logPlan(
  stackName: string,
  { goes, stays }: { goes: HeldResource[]; stays: HeldResource[] },
  log: (line: string) => void,
): void {
  log(`With stack ${stackName} go ${goes.length} resources`);
  for (const resource of goes) log(`  - ${toLine(resource)}`);
  if (stays.length > 0) log('What stays, and must be deleted by hand:');
  for (const resource of stays) log(`  = ${toLine(resource)}`);
}

const toLine = ({ logicalId, type, physicalId }: HeldResource) =>
  `${logicalId} (${type}${physicalId ? `, ${physicalId}` : ''})`;

async function listFullBuckets(
  { clients, log, signal }: Work,
  goes: readonly HeldResource[],
): Promise<string[]> {
  const full: string[] = [];
  for (const { type, physicalId } of goes) {
    if (type !== 'AWS::S3::Bucket' || !physicalId) continue;
    const is = await holdsObjects(clients, physicalId, signal).catch(error => {
      // what somebody has deleted by hand is no obstacle
      if (error instanceof NotFoundError) return false;
      throw error;
    });
    if (!is) continue;
    log(`  ! Bucket ${physicalId} holds objects`);
    full.push(physicalId);
  }
  return full;
}

async function assertMayEmpty(
  { clients, stackName, entity, emptyBuckets, removeData, signal }: Work,
  full: readonly string[],
): Promise<void> {
  if (full.length === 0) return;
  if (!(emptyBuckets || removeData) || entity === undefined) {
    throw new ConflictError(
      `Stack ${stackName} was not deleted: ${full.join(
        ', ',
      )} would go and holds objects. Save what is needed, then empty it, or give emptyBuckets: true${
        entity === undefined ? ' and the entity that it belongs to' : ''
      }`,
    );
  }
  for (const bucket of full) {
    await assertTaggedBucket({ clients, bucket, entity, signal });
  }
}

async function followDeletion(
  work: Work,
  stackId: string,
  after?: string,
): Promise<Deletion> {
  const { clients, stackName, log, signal } = work;
  const link = consoleUrl(clients.target, { of: 'stack', stackId });
  const since = after ?? (await findLastBefore(work, stackId));
  const following = { ...work, stackId, after: since, consoleUrl: link };
  const events = await followOperation(following).catch(async error => {
    if (signal?.aborted) await tellLeft(work, stackId, link);
    throw error;
  });
  const last = events.findLast(({ ofStack }) => ofStack)!;
  if (last.status !== 'DELETE_COMPLETE') {
    throw new DeletionFailedError(
      `Stack ${stackName} is ${last.status}. Not deleted: ${culprits(
        events,
      )}. Remove the cause, then delete again; what is gone stays gone (${link})`,
    );
  }
  log(`Stack ${stackName} is deleted`);
  return { ...nothing, status: last.status, deleted: true };
}

/** It waits for nothing, and its own failure is only told. */
async function tellLeft(
  { clients, stackName, log }: Work,
  stackId: string,
  link: string,
): Promise<void> {
  log(
    `Cancelled here, but CloudFormation cannot cancel a deletion: it goes on to delete ${stackName} (${link})`,
  );
  try {
    const left = await listStackResources({ clients, stackId });
    log(`Not deleted yet: ${left.map(toLine).join(', ') || 'nothing'}`);
  } catch (error) {
    log(`What is left is not known: ${(error as Error).message}`);
  }
}

/** The last event before a deletion that somebody else, or an earlier try, has begun. */
async function findLastBefore(
  { clients, signal }: Work,
  stackId: string,
): Promise<string | undefined> {
  const events = await listEvents({
    clients,
    stackId,
    newestPage: true,
    signal,
  });
  // it may have ended meanwhile, and then its end is the newest; or its begin is not listed yet
  const began = events.findLastIndex(
    ({ ofStack, status }) => ofStack && status === 'DELETE_IN_PROGRESS',
  );
  return began >= 0
    ? events[Math.max(began - 1, 0)].id
    : events.findLast(
        ({ ofStack, status }) => ofStack && !status.startsWith('DELETE_'),
      )?.id;
}

function culprits(events: readonly StackEvent[]): string {
  const newest = new Map(events.map(event => [event.logicalId, event]));
  const failed = [...newest.values()].filter(
    ({ ofStack, status }) => !ofStack && status === 'DELETE_FAILED',
  );
  return (
    failed
      .map(event => `${toLine(event)}: ${event.reason ?? 'no reason given'}`)
      .join('; ') || 'CloudFormation names nothing'
  );
}
