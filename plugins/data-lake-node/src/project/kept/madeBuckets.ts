import { AwsTarget } from '@data-lake/aws';
import { isOwnedBy, tagKeys } from '@data-lake/plugin-data-lake-common';
import { ProjectStackName } from '../spec/stackOrder';
import { toMadeBucketName } from '../spec/toMadeBucketName';
import { FoundBucket } from './findBucket';

/** A bucket that a stack makes and keeps. */
export interface MadeBucket {
  stack: ProjectStackName;
  name: string;
  /** Ids in the template of the stack. */
  logicalId: string;
  /** Of the key that encrypts it; absent if it has none of its own. */
  keyId?: string;
}

/** The buckets of each stack, by the last part of their names. */
const made = [
  { stack: 'mwaa', thing: 'mwaa', logicalId: 'MwaaBucket', keyId: 'MwaaKey' },
  {
    stack: 'foundations',
    thing: 'data',
    logicalId: 'DataBucket',
    keyId: 'Key',
  },
  {
    stack: 'foundations',
    thing: 'code',
    logicalId: 'CodeBucket',
    keyId: 'Key',
  },
  { stack: 'foundations', thing: 'logs', logicalId: 'LogBucket' },
] as const;

/**
 * Lists the buckets that an environment's stacks make, by the names that its own name gives.
 *
 * @param prefix - `P-E`
 */
export const listMadeBuckets = (
  prefix: string,
  target: AwsTarget,
): MadeBucket[] =>
  made.map(({ thing, ...bucket }) => ({
    ...bucket,
    name: toMadeBucketName(prefix, thing, target),
  }));

/** Says why a bucket that is there is in the way of a stack, and what to do; undefined if it is the entity's. */
export function findForeignBucket(
  { name, tags }: FoundBucket,
  entity: string,
): string | undefined {
  if (isOwnedBy(tags, entity)) return undefined;
  return `Bucket ${name}, which the stack would make, exists and belongs to ${
    tags[tagKeys.entity] ?? `no entity (it has no tag ${tagKeys.entity})`
  }, not to ${entity}. Choose another name, name the bucket in project.yaml to use it as it is, or empty and delete it`;
}
