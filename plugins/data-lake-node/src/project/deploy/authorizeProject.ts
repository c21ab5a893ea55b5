import { AccountAccess } from '@data-lake/aws';
import {
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
  const { files } = claim;
  const { dataBucket, codeBucket, mwaaBucket } = files.deployment;
  const authority = await authorizeEnvironment(access, {
    ...claim,
    stackNames: files.stacks.map(({ stackName }) => stackName),
    buckets: [dataBucket, codeBucket, mwaaBucket],
  });
  await assertMwaaAsNamed(claim);
  return authority;
}
