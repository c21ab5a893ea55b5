import { ConflictError, InputError } from '@backstage/errors';
import { WaitOptions } from '@data-lake/aws';
import { assertTaggedBucket, emptyBucket } from '@data-lake/s3-sync';
import { listEvents } from '../stack/events';
import { listRequiredTags } from '../stack/ownership';
import { startDeletion } from '../stack/startDeletion';
import { findDeletionGates } from './findDeletionGates';
import { DeletionOptions } from './deletionOptions';
import { describeDeletion } from './describeDeletion';
import { dropRetention } from './dropRetention';
import { followDeletion } from './followDeletion';
import {
  PlannedDeletion,
  readDeletion,
  StackDeletionPlan,
} from './planStackDeletion';

/** @public */
export interface DeleteOptions extends DeletionOptions {
  /** The stack's name once more. */
  confirm: string;
  /** Delete all objects of buckets that are deleted, if the buckets have the owner's tags. */
  emptyBuckets?: boolean;
  /** Gets the name of the change set that drops retention, and of its stack, such as for an audit. */
  onChangeSet?: (name: string, stackName: string) => void;
}

/** @public */
export interface DeletionResult
  extends Pick<StackDeletionPlan, 'goes' | 'stays' | 'fullBuckets'> {
  /** `DELETE_COMPLETE` or `NOT_THERE`. */
  status: string;
  deleted: boolean;
}

/**
 * Deletes a stack as `planStackDeletion` plans it. A retry follows the deletion in progress; a
 * stack that does not exist is no error.
 *
 * Cancelled before CloudFormation starts, no resource is deleted, only objects of buckets; afterwards the
 * deletion continues, since CloudFormation cannot cancel one. The log says which.
 *
 * @throws InputError, ConflictError, NotAllowedError if it is refused; nothing was deleted then
 * @throws DeletionFailedError that names what could not be deleted, and why
 * @public
 */
export async function deleteStack(
  options: DeleteOptions,
): Promise<DeletionResult> {
  const { stackName, confirm, log } = options;
  if (confirm !== stackName) {
    throw new InputError(
      `Nothing was deleted: to confirm, enter the name of the stack, ${stackName}, not '${confirm}'`,
    );
  }
  const planned = await readDeletion(options);
  const { plan } = planned;
  describeDeletion(plan).forEach(line => log(line));
  const { goes, stays, fullBuckets } = plan;
  const resources = { goes, stays, fullBuckets };
  if (plan.does === 'nothing') {
    return { status: plan.status, deleted: false, ...resources };
  }
  const work = toWork(options);
  const stackId = plan.stackId!;
  const after =
    plan.does === 'delete' ? await startPlanned(work, planned) : undefined;
  const status = await followDeletion({ ...work, stackId, after });
  return { status, deleted: true, ...resources };
}

type DeletionWork = DeleteOptions & WaitOptions;

const toWork = (options: DeleteOptions): DeletionWork => ({
  ...options,
  deadline: Date.now() + (options.timeoutMinutes ?? 60) * 60_000,
});

/** Applies a plan until CloudFormation deletes the stack. @returns the last event before the deletion */
async function startPlanned(
  work: DeletionWork,
  { plan, retentionUpdate }: PlannedDeletion,
): Promise<string | undefined> {
  const { clients, stackName, log, signal, roleArn } = work;
  const { fullBuckets } = plan;
  const stackId = plan.stackId!;
  await assertGatesOpen(work, plan);
  try {
    if (retentionUpdate) await dropRetention(work, retentionUpdate);
    for (const bucket of fullBuckets) {
      const count = await emptyBucket(work, bucket);
      log(`Emptied bucket ${bucket}: ${count} object versions`);
    }
    const source = { clients, stackId, newestPage: true, signal };
    const [newest] = (await listEvents(source)).slice(-1);
    signal?.throwIfAborted();
    await startDeletion({ clients, stackId, roleArn });
    return newest?.id;
  } catch (error) {
    if (signal?.aborted) {
      log(`Cancelled before CloudFormation started to delete ${stackName}`);
    }
    throw error;
  }
}

async function assertGatesOpen(
  work: DeletionWork,
  plan: StackDeletionPlan,
): Promise<void> {
  const { clients, stackName, ownership, signal } = work;
  const gates = findDeletionGates(plan, work);
  if (gates.length > 0) {
    throw new ConflictError(
      `Stack ${stackName} was not deleted: ${gates.join('. ')}`,
    );
  }
  const tags = listRequiredTags(ownership);
  for (const bucket of plan.fullBuckets) {
    await assertTaggedBucket({ clients, bucket, ownership: tags, signal });
  }
}
