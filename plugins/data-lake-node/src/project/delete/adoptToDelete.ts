import {
  AdoptedResource,
  adoptResources,
  DeployOptions,
  parseTemplate,
  Template,
} from '@data-lake/cloudformation';
import { KeptOfStack } from '../kept/listKept';
import { TeardownRequest } from './TeardownRequest';
import { toStackDeletion } from './toStackDeletion';

/**
 * Makes the stack again that has left resources, with them alone, so that its deletion deletes them: CloudFormation's
 * role may do that, and the deploying one need not. Killed afterwards, the stack lists them until it is deleted.
 */
export async function adoptToDelete(
  options: Pick<
    DeployOptions,
    | 'clients'
    | 'log'
    | 'signal'
    | 'timeoutMinutes'
    | 'onChangeSet'
    | 'operations'
  > &
    Pick<TeardownRequest, 'entityRef'> & { roleArn?: string },
  { stackName, resources, tags }: KeptOfStack,
): Promise<void> {
  for (const { type, physicalId } of resources) {
    options.log(`Left by an earlier deletion, goes too: ${type} ${physicalId}`);
  }
  const { ownership, tokenPrefix } = toStackDeletion(options, stackName);
  await adoptResources({
    ...options,
    spec: {
      stackName,
      template: toTemplate(resources),
      parameters: {},
      tags,
      ownership,
      identity: 'remove',
      tokenPrefix,
      roleArn: options.roleArn,
    },
    resources,
  });
}

/** Their names are the ones that the resources have. */
function toTemplate(resources: readonly AdoptedResource[]): Template {
  const Resources = Object.fromEntries(
    resources.map(({ logicalId, type, physicalId }) => [
      logicalId,
      {
        Type: type,
        Properties:
          type === 'AWS::S3::Bucket' ? { BucketName: physicalId } : {},
      },
    ]),
  );
  return parseTemplate(JSON.stringify({ Resources }), {
    allowedResourceTypes: resources.map(({ type }) => type),
  });
}
