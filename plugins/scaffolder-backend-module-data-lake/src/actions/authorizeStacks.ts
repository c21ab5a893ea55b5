import { AuthorizeTags, AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Refuses callers whom the names of the stacks, or stacks that are there already, are not open to.
 *
 * @returns the same check of tags, for a stack that appears later
 * @throws NotAllowedError
 */
export async function authorizeStacks(
  { access }: Pick<DataLakeServices, 'access'>,
  ctx: Pick<StepContext<unknown>, 'getInitiatorCredentials' | 'signal'>,
  options: { clients: AwsClients; owner: string; stackNames: string[] },
): Promise<AuthorizeTags> {
  const { clients, owner, stackNames } = options;
  const { account, region } = clients.target;
  const credentials = await ctx.getInitiatorCredentials();
  for (const stackName of stackNames) {
    const target = { account, region, owner, stackName };
    await access.assertMayUse(credentials, target);
  }
  for (const stackName of stackNames) {
    const stack = await findStack(clients, stackName, ctx.signal);
    const target = { account, region, stackName };
    if (stack) await access.toAuthorizeTags(credentials, target)(stack.tags);
  }
  return access.toAuthorizeTags(credentials, { account, region });
}
