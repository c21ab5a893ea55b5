import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { NotAllowedError } from '@backstage/errors';
import { AwsClients } from './clients';
import { calling } from '../errors/errors';

/**
 * Makes sure that the credentials are of the account that is meant.
 *
 * @throws NotAllowedError that names both
 * @public
 */
export async function assertAccount(
  clients: AwsClients,
  signal?: AbortSignal,
): Promise<void> {
  const { account } = clients.target;
  const { Account } = await calling('asking whose the credentials are', () =>
    clients.sts.send(new GetCallerIdentityCommand({}), { abortSignal: signal }),
  );
  if (Account === account) return;
  throw new NotAllowedError(
    `These credentials are of account ${Account}, and the environment is in ${account}. Take a role of that account`,
  );
}
