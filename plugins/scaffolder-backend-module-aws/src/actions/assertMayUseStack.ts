import { AuthorizeTags } from '@data-lake/aws';
import { listOwners } from '../ownership';
import { AwsServices } from './awsServices';
import { StackInput } from './stackInput';
import { StepContext } from './stepContext';

/**
 * Refuses callers whom the account, the stack's name or the owner that the tags name is not open to.
 *
 * @returns the check of a stack that is there already: its own tags decide
 * @throws NotAllowedError
 */
export async function assertMayUseStack(
  { access, ownership }: AwsServices,
  ctx: Pick<
    StepContext<StackInput & { tags?: Record<string, string> }>,
    'getInitiatorCredentials' | 'input'
  >,
): Promise<AuthorizeTags> {
  const { account, region, stackName, tags } = ctx.input;
  const target = { account, region, stackName };
  const credentials = await ctx.getInitiatorCredentials();
  await access.assertMayUse(credentials, target);
  for (const owner of listOwners(ownership, tags)) {
    await access.assertMayUse(credentials, { ...target, owner });
  }
  return access.toAuthorizeTags(credentials, target);
}
