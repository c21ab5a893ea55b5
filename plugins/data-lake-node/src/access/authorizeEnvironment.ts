import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { AccountAccess, AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import { readBucketTags } from '@data-lake/s3-sync';
import { assertNamesOwner, EnvironmentAuthority } from './EnvironmentAuthority';

/** A caller, and everything that an act on an environment names. @public */
export interface EnvironmentClaim {
  credentials: BackstageCredentials;
  /** Clients of the environment's account and region. */
  clients: AwsClients;
  /** Owner of the environment's entity, as the catalog has it. */
  owner: string;
  stackNames: readonly string[];
  /** Buckets that are named; empty names are skipped. A bucket that a stack is still to create passes. */
  buckets?: readonly string[];
  signal?: AbortSignal;
}

/**
 * Refuses callers whom the account, the names of the stacks, or the stacks and buckets that are there already
 * are not open to. The tags of what is there decide, whatever is named.
 *
 * @returns the same checks for what appears during the work
 * @throws NotAllowedError
 * @public
 */
export async function authorizeEnvironment(
  access: AccountAccess,
  claim: EnvironmentClaim,
): Promise<EnvironmentAuthority> {
  const { credentials, clients, owner, stackNames } = claim;
  const { account, region } = clients.target;
  await access.assertMayUse(credentials, { account, region, owner });
  for (const stackName of stackNames) {
    const target = { account, region, owner, stackName };
    await access.assertMayUse(credentials, target);
  }
  const authority = toAuthority(access, claim);
  await assertNamedOpen(authority, claim);
  return authority;
}

/**
 * Refuses what is named and there already, if the authority may not touch it.
 *
 * @throws NotAllowedError
 */
export async function assertNamedOpen(
  authority: EnvironmentAuthority,
  named: Pick<
    EnvironmentClaim,
    'clients' | 'stackNames' | 'buckets' | 'signal'
  >,
): Promise<void> {
  const { clients, stackNames, buckets = [], signal } = named;
  for (const stackName of stackNames) {
    const stack = await findStack(clients, stackName, signal);
    if (stack) await authority.authorizeStack(stack.tags);
  }
  for (const bucket of buckets.filter(Boolean)) {
    await authority.authorizeBucket(bucket).catch(unlessNotFound);
  }
}

function toAuthority(
  access: AccountAccess,
  { credentials, clients, signal }: EnvironmentClaim,
): EnvironmentAuthority {
  const { account, region } = clients.target;
  const authorizeTags = access.toAuthorizeTags(credentials, {
    account,
    region,
  });
  return {
    async authorizeStack(tags) {
      assertNamesOwner('The stack', tags);
      await authorizeTags(tags);
    },
    authorizeBucket: bucket =>
      access.assertMayWrite(
        credentials,
        { account, region, bucket },
        async () => {
          const tags = await readBucketTags({ clients, bucket, signal });
          assertNamesOwner('It', tags);
          return tags;
        },
      ),
  };
}

function unlessNotFound(error: unknown): void {
  if (!(error instanceof NotFoundError)) throw error;
}
