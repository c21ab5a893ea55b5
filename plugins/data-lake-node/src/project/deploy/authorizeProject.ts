import { AccountAccess, AwsClients } from '@data-lake/aws';
import {
  assertNamedOpen,
  authorizeEnvironment,
  EnvironmentClaim,
} from '../../access/authorizeEnvironment';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { ProjectFiles } from '../spec/readProjectFiles';
import { assertMwaaAsNamed } from './assertMwaaAsNamed';

/**
 * Refuses callers whom something that a project's files name is not open to: account, stacks, buckets, MWAA
 * environment. The same for a preview and a deployment.
 *
 * @param claim - `owner`: owner of the project's entity, as the catalog has it
 * @returns the checks of what appears during the work
 * @throws NotAllowedError, NotFoundError, InputError
 * @public
 */
export async function authorizeProject(
  access: AccountAccess,
  claim: Pick<
    EnvironmentClaim,
    'credentials' | 'clients' | 'owner' | 'signal'
  > & { files: ProjectFiles },
): Promise<EnvironmentAuthority> {
  const authority = await authorizeEnvironment(access, {
    ...claim,
    ...toNamed(claim.files),
  });
  await assertMwaaAsNamed(claim);
  return authority;
}

/**
 * Refuses a project whose files name a stack or bucket that an authority may not touch, or describe their MWAA
 * environment wrongly: what `authorizeProject` does for a user, for a caller without an identity in Backstage.
 *
 * @throws NotAllowedError, NotFoundError, InputError
 * @public
 */
export async function assertProjectOpen(
  authority: EnvironmentAuthority,
  project: { clients: AwsClients; files: ProjectFiles; signal?: AbortSignal },
): Promise<void> {
  await assertNamedOpen(authority, { ...project, ...toNamed(project.files) });
  await assertMwaaAsNamed(project);
}

function toNamed({
  stacks,
  deployment: { dataBucket, codeBucket, mwaaBucket },
}: ProjectFiles): Pick<EnvironmentClaim, 'stackNames' | 'buckets'> {
  return {
    stackNames: stacks.map(({ stackName }) => stackName),
    buckets: [dataBucket, codeBucket, mwaaBucket],
  };
}
