import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { assertOwnBucket } from '@data-lake/s3-sync';

/**
 * Lists the problems of the buckets that a project names, one line each: a missing bucket, or another
 * account's.
 *
 * @param options - empty bucket names are skipped
 * @throws ServiceUnavailableError and the like if AWS does not answer
 * @public
 */
export async function listBucketProblems(options: {
  clients: AwsClients;
  buckets: readonly string[];
  signal?: AbortSignal;
}): Promise<string[]> {
  const { clients, buckets, signal } = options;
  const problems = await Promise.all(
    buckets
      .filter(bucket => bucket !== '')
      .map(bucket => findProblem({ clients, bucket, signal })),
  );
  return problems.filter(problem => problem !== undefined);
}

async function findProblem(options: {
  clients: AwsClients;
  bucket: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  try {
    await assertOwnBucket(options);
    return undefined;
  } catch (error) {
    if (error instanceof NotFoundError) {
      return `${error.message}, or leave it empty: the stack then creates one`;
    }
    if (error instanceof NotAllowedError) return error.message;
    throw error;
  }
}
