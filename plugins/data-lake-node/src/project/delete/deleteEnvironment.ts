import { DeletionPreview, tagKeys } from '@data-lake/plugin-data-lake-common';
import {
  DeleteOptions,
  deleteStack,
  StartedOperations,
} from '@data-lake/cloudformation';
import { assertTaggedBucket } from '@data-lake/s3-sync';
import { assertNoGates } from '../gate';
import { uploadNoted } from '../uploadNoted';
import { drainDag } from './drainDag';
import { findDeletionGates } from './findDeletionGates';
import {
  DeletionPlanOptions,
  EnvironmentDeletionPlan,
  planEnvironmentDeletion,
} from './planEnvironmentDeletion';
import { toEmptyUpload } from './planDagFiles';
import { toDeletionPreview } from './toDeletionPreview';
import { toStackDeletion } from './toStackDeletion';

/** Options of `deleteEnvironment`. @public */
export interface DeleteEnvironmentOptions
  extends DeletionPlanOptions,
    Pick<DeleteOptions, 'emptyBuckets' | 'roleArn' | 'onChangeSet'> {
  /** Name that `toConfirmation` gives. */
  confirm: string;
}

/**
 * Deletes an environment as `planEnvironmentDeletion` plans it: waits for the DAG's runs and pauses it,
 * then deletes its files, then each stack before those that it builds on. A retry continues.
 *
 * Cancelled, it starts no further deletion; CloudFormation completes the one in progress. The log says which
 * stacks are left.
 *
 * @returns the plan, with the final status of each stack
 * @throws InputError, ConflictError, NotAllowedError if it is refused; nothing was changed then
 * @throws OperationStartedError if it fails after it has changed something, and says what
 * @throws DeletionFailedError that names what could not be deleted, and why
 * @public
 */
export async function deleteEnvironment(
  options: DeleteEnvironmentOptions,
): Promise<DeletionPreview> {
  const plan = await planEnvironmentDeletion(options);
  assertNoGates(findDeletionGates(plan, options));
  await assertOwnBuckets(options, plan);
  const operations = new StartedOperations(options.clients);
  try {
    return await applyEnvironmentDeletion({ ...options, operations }, plan);
  } catch (error) {
    throw operations.explain(error);
  }
}

/** Every bucket that will be emptied must have the entity's tag. */
async function assertOwnBuckets(
  { clients, entityRef, signal }: DeleteEnvironmentOptions,
  { stacks }: EnvironmentDeletionPlan,
): Promise<void> {
  const ownership = [{ key: tagKeys.entity, value: entityRef }];
  for (const bucket of stacks.flatMap(({ fullBuckets }) => fullBuckets)) {
    await assertTaggedBucket({ clients, bucket, ownership, signal });
  }
}

async function applyEnvironmentDeletion(
  options: DeleteEnvironmentOptions & { operations: StartedOperations },
  plan: EnvironmentDeletionPlan,
): Promise<DeletionPreview> {
  const { log, signal, operations } = options;
  if (plan.dag) {
    const { dagId } = plan.dag;
    const isPaused = await drainDag({
      ...options,
      ...plan.dag,
      prefix: dagId,
    });
    if (isPaused) operations.did(`Before that DAG ${dagId} was paused`);
  }
  if (plan.dags) {
    await uploadNoted(options, toEmptyUpload(plan.dags));
  }
  const names = plan.stacks.map(({ stackName }) => stackName);
  const stacks: DeletionPreview['stacks'] = [];
  for (const [index, stackName] of names.entries()) {
    try {
      const result = await deleteStack({
        ...options,
        ...toStackDeletion(options, stackName),
        confirm: stackName,
      });
      const { status, goes, stays, fullBuckets } = result;
      stacks.push({ name: stackName, status, goes, stays, fullBuckets });
    } catch (error) {
      const left = names.slice(index + 1);
      if (signal?.aborted && left.length > 0) {
        log(`Not deleted: ${left.join(', ')}. Run again to continue`);
      }
      throw error;
    }
  }
  return { ...toDeletionPreview(plan), stacks };
}
