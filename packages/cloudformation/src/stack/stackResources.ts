import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { calling, listPages } from '@data-lake/aws';
import { StackSource } from './stack';

/** A resource of a stack, as CloudFormation lists it. @public */
export interface StackResource {
  logicalId: string;
  type: string;
  /** Absent if the resource was never created. */
  physicalId?: string;
}

/**
 * Lists the resources of a stack, without those that are already deleted.
 *
 * @public
 */
export async function listStackResources(
  options: StackSource,
): Promise<StackResource[]> {
  const { clients, stackId, signal } = options;
  const summaries = await listPages(async NextToken => {
    const page = await calling(
      {
        what: `listing the resources of stack ${stackId}`,
        action: 'cloudformation:ListStackResources',
      },
      () =>
        clients.cloudformation.send(
          new ListStackResourcesCommand({ StackName: stackId, NextToken }),
          { abortSignal: signal },
        ),
    );
    return { items: page.StackResourceSummaries ?? [], next: page.NextToken };
  });
  return summaries
    .filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
    .map(summary => ({
      logicalId: summary.LogicalResourceId!,
      type: summary.ResourceType!,
      physicalId: summary.PhysicalResourceId || undefined,
    }));
}
