import { DeletionPreview } from '@data-lake/plugin-data-lake-common';
import { EnvironmentDeletionPlan } from './planEnvironmentDeletion';

/** Converts a plan to the answer of a preview. */
export function toDeletionPreview(
  plan: EnvironmentDeletionPlan,
): DeletionPreview {
  const { environment, account, region, confirm, stacks, dags } = plan;
  return {
    environment,
    account,
    region,
    confirm,
    stacks: stacks.map(({ stackName, status, goes, stays, fullBuckets }) => ({
      name: stackName,
      status,
      goes,
      stays,
      fullBuckets,
    })),
    dags: dags && {
      s3Url: `s3://${dags.bucket}/${dags.prefix}`,
      files: dags.files,
    },
  };
}
