import { DeletionPreview } from '@data-lake/plugin-data-lake-common';
import { describeDeletion } from '@data-lake/cloudformation';
import {
  DeletionPlanOptions,
  EnvironmentDeletionPlan,
  planEnvironmentDeletion,
} from './planEnvironmentDeletion';
import { toDeletionPreview } from './toDeletionPreview';

/**
 * Tells what `deleteEnvironment` would delete and leave, in the log and as data. Changes nothing.
 *
 * @throws the errors of `planEnvironmentDeletion`
 * @public
 */
export async function previewEnvironmentDeletion(
  options: DeletionPlanOptions,
): Promise<DeletionPreview> {
  const plan = await planEnvironmentDeletion(options);
  describeEnvironmentDeletion(plan).forEach(line => options.log(line));
  options.log(
    `Nothing was deleted. To delete it, confirm with its name, ${plan.confirm}`,
  );
  return toDeletionPreview(plan);
}

/** Describes a planned deletion, one line per file and resource. */
function describeEnvironmentDeletion({
  stacks,
  dags,
}: EnvironmentDeletionPlan): string[] {
  const files = dags
    ? dags.files.map(path => `  - s3://${dags.bucket}/${dags.prefix}${path}`)
    : [];
  return [...files, ...stacks.flatMap(describeDeletion)];
}
