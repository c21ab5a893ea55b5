import { ConflictError, InputError } from '@backstage/errors';
import { WaitOptions } from '@data-lake/aws';
import { assertTaggedBucket, emptyBucket } from '@data-lake/s3-sync';
import { listEvents } from '../stack/events';
import { listRequiredTags } from '../stack/ownership';
import { followDeletion } from '../operation/followDeletion';
import { StartedOperations } from '../operation/startedOperations';
import { startStackDeletion } from '../operation/startStackDeletion';
import { findDeletionGates } from './findDeletionGates';
import { DeletionOptions } from './deletionOptions';
import { describeDeletion } from './describeDeletion';
import { dropRetention } from './dropRetention';
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
  /** Shared by the operations of one piece of work, so that an error of a later one tells the earlier ones. */
  operations?: StartedOperations;
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
 * @throws OperationStartedError if it fails after something was deleted, and says how to go on
 * @throws DeletionFailedError that names what could not be deleted, and why
 * @public
 */
export async function deleteStack(
  options: DeleteOptions,
): Promise<DeletionResult> {
  const {
    clients,
    stackName,
    confirm,
    operations = new StartedOperations(clients),
  } = options;
  if (confirm !== stackName) {
    throw new InputError(
      `Nothing was deleted: to confirm, enter the name of the stack, ${stackName}, not '${confirm}'`,
    );
  }
  const work: DeletionWork = {
    ...options,
    operations,
    deadline: Date.now() + (options.timeoutMinutes ?? 60) * 60_000,
  };
  try {
    return await deletePlanned(work);
  } catch (error) {
    throw operations.explain(error);
  }
}

type DeletionWork = DeleteOptions &
  WaitOptions & { operations: StartedOperations };

async function deletePlanned(work: DeletionWork): Promise<DeletionResult> {
  const { stackName, log, operations } = work;
  const planned = await readDeletion(work);
  const { plan } = planned;
  describeDeletion(plan).forEach(line => log(line));
  const { goes, stays, fullBuckets } = plan;
  const resources = { goes, stays, fullBuckets };
  if (plan.does === 'nothing') {
    return { status: plan.status, deleted: false, ...resources };
  }
  const stackId = plan.stackId!;
  let after: string | undefined;
  if (plan.does === 'delete') after = await startPlanned(work, planned);
  else operations.start({ act: 'delete', stackName, stackId });
  const status = await followDeletion({ ...work, stackId, after });
  return { status, deleted: true, ...resources };
}

/** Applies a plan until CloudFormation deletes the stack. @returns the last event before the deletion */
async function startPlanned(
  work: DeletionWork,
  { plan, retentionUpdate }: PlannedDeletion,
): Promise<string | undefined> {
  const { clients, stackName, log, signal, roleArn, operations } = work;
  const { fullBuckets } = plan;
  const stackId = plan.stackId!;
  await assertGatesOpen(work, plan);
  try {
    if (retentionUpdate) await dropRetention(work, retentionUpdate);
    for (const bucket of fullBuckets) {
      operations.did(
        `Before that, deleting the objects of bucket ${bucket} had started`,
      );
      const count = await emptyBucket(work, bucket);
      log(`Emptied bucket ${bucket}: ${count} object versions`);
    }
    const source = { clients, stackId, newestPage: true, signal };
    const [newest] = (await listEvents(source)).slice(-1);
    signal?.throwIfAborted();
    await startStackDeletion({
      clients,
      stackName,
      stackId,
      roleArn,
      operations,
    });
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
