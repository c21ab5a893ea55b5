import { CfnDeletionPolicy, type CfnResource, Stack, Tags } from 'aws-cdk-lib';
import type { EnvironmentStack } from './environment-stack.ts';
import { tagged } from './tags.ts';

/**
 * Keeps the resource when its stack is deleted, but not when the first creation fails. Only a stack with
 * `removesData`, for which removal.ts requires two confirmations, deletes it.
 */
export function outlivesStack(resource: CfnResource) {
  const { removesData } = Stack.of(resource) as EnvironmentStack;
  resource.cfnOptions.deletionPolicy = removesData
    ? CfnDeletionPolicy.DELETE
    : CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  tagged(resource);
  // CloudFormation ignores an update that changes only a deletion policy, so a tag changes too.
  if (removesData) Tags.of(resource).add('data-lake:removable', 'yes');
}
