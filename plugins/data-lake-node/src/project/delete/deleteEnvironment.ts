import { DeletionPreview, tagKeys } from '@data-lake/plugin-data-lake-common';
import { DeleteOptions, deleteStack } from '@data-lake/cloudformation';
import { assertTaggedBucket, uploadFiles } from '@data-lake/s3-sync';
import { assertNoGates } from '../gate';
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
 * @throws DeletionFailedError that names what could not be deleted, and why
 * @public
 */
export async function deleteEnvironment(
  options: DeleteEnvironmentOptions,
): Promise<DeletionPreview> {
  const plan = await planEnvironmentDeletion(options);
  assertNoGates(findDeletionGates(plan, options));
  await assertOwnBuckets(options, plan);
  return applyEnvironmentDeletion(options, plan);
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
  options: DeleteEnvironmentOptions,
  plan: EnvironmentDeletionPlan,
): Promise<DeletionPreview> {
  const { clients, log, signal, authorizeBucket } = options;
  if (plan.dag) {
    const prefix = plan.dag.dagId;
    await drainDag({ ...options, ...plan.dag, prefix });
  }
  if (plan.dags) {
    await authorizeBucket(plan.dags.bucket);
    await uploadFiles({ ...toEmptyUpload(plan.dags), clients, log, signal });
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
