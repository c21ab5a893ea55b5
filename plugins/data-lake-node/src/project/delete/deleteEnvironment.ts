import { ConflictError } from '@backstage/errors';
import { DeletionPreview, tagKeys } from '@data-lake/plugin-data-lake-common';
import {
  DeleteOptions,
  deleteStack,
  StartedOperations,
} from '@data-lake/cloudformation';
import { assertTaggedBucket, removeManifest } from '@data-lake/s3-sync';
import { assertNoGates } from '../gate';
import { uploadNoted } from '../uploadNoted';
import { adoptToDelete } from './adoptToDelete';
import { drainDag } from './drainDag';
import { findDeletionGates } from './findDeletionGates';
import { deleteLogGroup } from './logGroups';
import {
  DeletionPlanOptions,
  EnvironmentDeletionPlan,
  planEnvironmentDeletion,
} from './planEnvironmentDeletion';
import { DagFiles, toEmptyUpload } from './planDagFiles';
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
 * With `removeData`, what earlier deletions have left goes too: a stack takes it over and is deleted with it.
 *
 * @returns the plan, with the final status of each stack
 * @throws InputError, ConflictError, NotAllowedError if it is refused; nothing was changed then
 * @throws OperationStartedError if it fails after it has changed something, and says what; also if something is left
 * although the data was to be removed
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

type DeletionWork = DeleteEnvironmentOptions & {
  operations: StartedOperations;
};

async function applyEnvironmentDeletion(
  work: DeletionWork,
  plan: EnvironmentDeletionPlan,
): Promise<DeletionPreview> {
  const { operations } = work;
  if (plan.dag) {
    const { dagId } = plan.dag;
    const isPaused = await drainDag({
      ...work,
      ...plan.dag,
      prefix: dagId,
    });
    if (isPaused) operations.did(`Before that DAG ${dagId} was paused`);
  }
  if (plan.dags) await deleteDagFiles(work, plan.dags);
  const stacks = await deleteStacks(work, plan);
  for (const { name } of plan.beside.goes) {
    await deleteLogGroup(work, name);
    work.log(`Deleted log group ${name}`);
  }
  if (work.removeData) await assertNothingLeft(work);
  return { ...toDeletionPreview(plan), stacks };
}

/** Deletes the files, and then the manifest that lists them. */
async function deleteDagFiles(
  work: DeletionWork,
  folder: DagFiles,
): Promise<void> {
  const { clients, signal } = work;
  await uploadNoted(work, toEmptyUpload(folder));
  const isRemoved = await removeManifest({ clients, ...folder, signal });
  if (!isRemoved) {
    work.log(
      `s3://${folder.bucket}/${folder.prefix} keeps its manifest: something else has uploaded there`,
    );
  }
}

async function deleteStacks(
  work: DeletionWork,
  plan: EnvironmentDeletionPlan,
): Promise<DeletionPreview['stacks']> {
  const { log, signal } = work;
  const { stacks } = toDeletionPreview(plan);
  const names = stacks.map(({ name }) => name);
  const deleted: DeletionPreview['stacks'] = [];
  for (const [index, stack] of stacks.entries()) {
    try {
      const kept = plan.kept.find(each => each.stackName === stack.name);
      if (kept) await adoptToDelete(work, kept);
      const { status } = await deleteStack({
        ...work,
        ...toStackDeletion(work, stack.name),
        confirm: stack.name,
      });
      deleted.push({ ...stack, status });
    } catch (error) {
      const left = names.slice(index + 1);
      if (signal?.aborted && left.length > 0) {
        log(`Not deleted: ${left.join(', ')}. Run again to continue`);
      }
      throw error;
    }
  }
  return deleted;
}

/**
 * Checks that nothing is left of an environment that is deleted with its data.
 *
 * @throws ConflictError that names what is left
 */
async function assertNothingLeft(work: DeletionWork): Promise<void> {
  const { stacks, dags, beside, confirm } = await planEnvironmentDeletion({
    ...work,
    log: () => undefined,
  });
  const left = [
    ...stacks.flatMap(({ goes }) =>
      goes.map(
        ({ type, physicalId, logicalId }) =>
          `${type} ${physicalId ?? logicalId}`,
      ),
    ),
    ...(dags?.files ?? []).map(
      path => `s3://${dags!.bucket}/${dags!.prefix}${path}`,
    ),
    ...beside.goes.map(({ type, name }) => `${type} ${name}`),
  ];
  if (left.length === 0) return;
  throw new ConflictError(
    `Not everything of ${confirm} is deleted. Left: ${left.join(
      ', ',
    )}. Run this again; what is left then is to be deleted by hand`,
  );
}
