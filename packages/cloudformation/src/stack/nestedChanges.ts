import { ConflictError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { Template } from '../template/template';
import { ChangeSetState, findChangeSet, NestedChangeSet } from './changeSet';
import { nestedType } from './events';
import { ResourceChange } from './resourceChange';

/** A nested stack that a change set would change. */
export interface NestedChange extends NestedChangeSet {
  /** Logical ids from the outermost stack, such as `Network/Subnets`. */
  path: string;
  /** The parameters that it would have. */
  parameters: Record<string, string>;
  /** With the path before their logical ids. */
  resources: ResourceChange[];
}

/** Tells whether a template has nested stacks. */
export const hasNestedStacks = ({
  resourceTypes,
}: Pick<Template, 'resourceTypes'>): boolean =>
  Object.values(resourceTypes).includes(nestedType);

/**
 * Lists the changes in nested stacks, also in those nested deeper, from their own change sets.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/change-sets-for-nested-stacks.html
 */
export async function listNestedChanges(
  source: { clients: AwsClients; signal?: AbortSignal },
  { nested }: Pick<ChangeSetState, 'nested'>,
  within = '',
): Promise<NestedChange[]> {
  const lists: NestedChange[] = [];
  for (const each of nested) {
    const path = `${within}${each.logicalId}`;
    const { id, stackId } = each;
    const found = await findChangeSet({ ...source, id, stackId });
    if (!found) {
      throw new ConflictError(
        `CloudFormation has no change set of the nested stack ${path} any more, so its changes are unknown. Run this again`,
      );
    }
    lists.push({
      ...each,
      path,
      parameters: found.parameters,
      resources: found.resources.map(resource => ({
        ...resource,
        logicalId: `${path}/${resource.logicalId}`,
      })),
    });
    lists.push(...(await listNestedChanges(source, found, `${path}/`)));
  }
  return lists;
}
