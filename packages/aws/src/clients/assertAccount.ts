import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { NotAllowedError } from '@backstage/errors';
import { AwsClients } from './clients';
import { calling } from '../errors/errors';

/**
 * Checks that the credentials belong to the account of the clients.
 *
 * @throws NotAllowedError that names both accounts
 * @public
 */
export async function assertAccount(
  clients: AwsClients,
  signal?: AbortSignal,
): Promise<void> {
  const { account } = clients.target;
  const { Account } = await calling(
    'reading which account the credentials belong to',
    () =>
      clients.sts.send(new GetCallerIdentityCommand({}), {
        abortSignal: signal,
      }),
  );
  if (Account === account) return;
  throw new NotAllowedError(
    `The credentials belong to account ${Account}, but the environment is in ${account}. Use a role of that account`,
  );
}
