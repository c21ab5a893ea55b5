import { ResourceRef } from '@data-lake/plugin-data-lake-common';

/** What the resources are for that may outlive a stack, by their logical id. */
const meanings: Record<string, string> = {
  DataBucket: 'the data: raw/, curated/, marts/ and quarantine/',
  CodeBucket: 'releases of scripts and Lambda functions',
  LogBucket: 'access logs of the data and the code bucket',
  Key: 'key of the data and the code bucket, which cannot be read without it',
  MwaaBucket: 'DAGs of its MWAA environment',
  MwaaKey:
    'key of the MWAA bucket and its logs, which cannot be read without it',
};

/** Says what a resource that outlives its stack is for; undefined if only its type is known. */
export const findMeaning = ({
  logicalId,
}: Pick<ResourceRef, 'logicalId'>): string | undefined =>
  Object.hasOwn(meanings, logicalId) ? meanings[logicalId] : undefined;

/** KMS deletes no key at once. */
export const waitingKey =
  'waits for its deletion, which can be cancelled until then (KMS waits 7 to 30 days)';
