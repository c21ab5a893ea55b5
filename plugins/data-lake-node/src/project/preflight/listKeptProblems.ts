import { NotAllowedError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { findBucket } from '../kept/findBucket';
import { findForeignBucket, listMadeBuckets } from '../kept/madeBuckets';

/**
 * Lists what is in the way of the buckets that an environment's stacks would make, one line each: buckets of these
 * names that are not the entity's. Its own, which an earlier deployment has kept, are taken over.
 *
 * @param options - `prefix`: `P-E` of the environment; `entity`: ref of its entity
 * @throws ServiceUnavailableError and the like if AWS does not answer
 * @public
 */
export async function listKeptProblems(options: {
  clients: AwsClients;
  prefix: string;
  entity: string;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { clients, prefix, entity, signal } = options;
  const problems = await Promise.all(
    listMadeBuckets(prefix, clients.target).map(async ({ name }) => {
      try {
        const found = await findBucket({ clients, bucket: name, signal });
        return found && findForeignBucket(found, entity);
      } catch (error) {
        if (error instanceof NotAllowedError) return error.message;
        throw error;
      }
    }),
  );
  return problems.filter(problem => problem !== undefined);
}
