import { CfnDeletionPolicy, type CfnResource, Stack, Tags } from 'aws-cdk-lib';
import type { EnvironmentStack } from './environment-stack.ts';
import { tagged } from './tags.ts';

/**
 * Keeps the resource when its stack goes; a first create that fails still takes it back. Only a stack
 * made with `removesData`, for which removal.ts asks two keys, lets it go.
 */
export function outlivesStack(resource: CfnResource) {
  const { removesData } = Stack.of(resource) as EnvironmentStack;
  resource.cfnOptions.deletionPolicy = removesData
    ? CfnDeletionPolicy.DELETE
    : CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE;
  resource.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  tagged(resource);
  // CloudFormation takes no update that changes a deletion policy and nothing else, so a tag changes too.
  if (removesData) Tags.of(resource).add('data-lake:removable', 'yes');
}
