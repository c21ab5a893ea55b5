import {
  DeletionPreview,
  ResourceRef,
} from '@data-lake/plugin-data-lake-common';
import { findMeaning, waitingKey } from './meanings';
import { EnvironmentDeletionPlan } from './planEnvironmentDeletion';

/** Converts a plan to the answer of a preview. */
export function toDeletionPreview(
  plan: EnvironmentDeletionPlan,
): DeletionPreview {
  const { environment, account, region, confirm, stacks, dags, beside } = plan;
  return {
    environment,
    account,
    region,
    confirm,
    stacks: stacks.map(({ stackName, status, goes, stays, fullBuckets }) => ({
      name: stackName,
      status,
      goes: goes.map(withWait),
      stays: stays.map(withMeaning),
      fullBuckets,
    })),
    dags: dags && {
      s3Url: `s3://${dags.bucket}/${dags.prefix}`,
      files: dags.files,
    },
    beside,
  };
}

const withMeaning = (resource: ResourceRef): ResourceRef => ({
  ...resource,
  meaning: findMeaning(resource),
});

/** A key outlives its stack for some days in any case. */
const withWait = (resource: ResourceRef): ResourceRef =>
  resource.type === 'AWS::KMS::Key'
    ? { ...resource, meaning: waitingKey }
    : resource;
