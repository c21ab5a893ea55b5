import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import { assertOwnBucket } from '@data-lake/s3-sync';

/**
 * Why a stack's name cannot be used by an entity, or undefined where it can.
 *
 * @public
 */
export async function findTakenStack(options: {
  clients: AwsClients;
  stackName: string;
  /** The catalog entity that the stack belongs to. */
  entity: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { clients, stackName, entity, signal } = options;
  const stack = await findStack(clients, stackName, signal);
  const owner = stack?.tags[tagKeys.entity];
  if (!stack || owner === entity) return undefined;
  const { account, region } = clients.target;
  return `The name is taken: stack ${stackName} exists in ${account}/${region}${
    owner ? ` and belongs to ${owner}` : ''
  }. Choose another project or environment name`;
}

/**
 * What stands against the buckets that a project names, one line each: missing, or another account's.
 *
 * @param options - empty names are passed over
 * @throws ServiceUnavailableError and the like where AWS cannot be asked
 * @public
 */
export async function listBucketProblems(options: {
  clients: AwsClients;
  buckets: readonly string[];
  signal?: AbortSignal;
}): Promise<string[]> {
  const { clients, buckets, signal } = options;
  const results = await Promise.all(
    buckets
      .filter(bucket => bucket !== '')
      .map(bucket => checkBucket({ clients, bucket, signal })),
  );
  return results.filter(problem => problem !== undefined);
}

async function checkBucket(options: {
  clients: AwsClients;
  bucket: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  try {
    await assertOwnBucket(options);
    return undefined;
  } catch (error) {
    const isVerdict =
      error instanceof NotFoundError || error instanceof NotAllowedError;
    if (!isVerdict) throw error;
    return error.message;
  }
}
