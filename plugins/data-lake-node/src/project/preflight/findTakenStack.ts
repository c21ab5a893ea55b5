import { isOwnedBy, tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { findStack } from '@data-lake/cloudformation';

/**
 * Finds the reason why a stack name is not free for an entity; undefined if it is free, or the stack is
 * the entity's own.
 *
 * @public
 */
export async function findTakenStack(options: {
  clients: AwsClients;
  stackName: string;
  /** Ref of the entity that the stack would belong to. */
  entity: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const { clients, stackName, entity, signal } = options;
  const stack = await findStack(clients, stackName, signal);
  if (!stack || isOwnedBy(stack.tags, entity)) return undefined;
  const { account, region } = clients.target;
  const owner = stack.tags[tagKeys.entity];
  return `The name is taken: stack ${stackName} exists in ${account}/${region}${
    owner ? ` and belongs to ${owner}` : ''
  }. Choose another project or environment name`;
}
