import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '../aws/clients';
import { findStack } from '../deploy/stack';
import { assertOwnBucket } from '../upload/destination';

/**
 * What stands against a project in an account and region, one line each: its stack's name is taken,
 * or a bucket it names is missing or another account's. Changes nothing.
 *
 * @throws ServiceUnavailableError and the like where AWS cannot be asked
 * @public
 */
export async function checkPlace(options: {
  clients: AwsClients;
  stackName: string;
  /** The catalog entity that the stack belongs to. */
  entity: string;
  /** Buckets that must exist; empty names are passed over. */
  buckets: readonly string[];
  signal?: AbortSignal;
}): Promise<string[]> {
  const { clients, buckets, signal } = options;
  const results = await Promise.all([
    checkStack(options),
    ...buckets
      .filter(bucket => bucket !== '')
      .map(bucket => checkBucket({ clients, bucket, signal })),
  ]);
  return results.filter(problem => problem !== undefined);
}

async function checkStack(options: {
  clients: AwsClients;
  stackName: string;
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
