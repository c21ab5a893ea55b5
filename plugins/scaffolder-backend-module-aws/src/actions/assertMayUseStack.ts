import { AuthorizeTags } from '@data-lake/aws';
import { readBucketTags } from '@data-lake/s3-sync';
import { listOwners } from '../ownership';
import { AwsServices } from './awsServices';
import { StackInput } from './stackInput';
import { StepContext } from './stepContext';

/**
 * Refuses callers whom the account, the stack's name, the owner that the tags name or the bucket for the
 * template is not open to.
 *
 * @returns the check of a stack that is there already: its own tags decide
 * @throws NotAllowedError
 */
export async function assertMayUseStack(
  { access, aws, ownership }: AwsServices,
  ctx: Pick<
    StepContext<
      StackInput & { tags?: Record<string, string>; templateBucket?: string }
    >,
    'getInitiatorCredentials' | 'input' | 'signal'
  >,
): Promise<AuthorizeTags> {
  const { account, region, stackName, tags } = ctx.input;
  const target = { account, region, stackName };
  const credentials = await ctx.getInitiatorCredentials();
  await access.assertMayUse(credentials, target);
  for (const owner of listOwners(ownership, tags)) {
    await access.assertMayUse(credentials, { ...target, owner });
  }
  const { templateBucket: bucket } = ctx.input;
  if (bucket) {
    const clients = aws.forTarget({ account, region });
    await access.assertMayWrite(credentials, { account, region, bucket }, () =>
      readBucketTags({ clients, bucket, signal: ctx.signal }),
    );
  }
  return access.toAuthorizeTags(credentials, target);
}
