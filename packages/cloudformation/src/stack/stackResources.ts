import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { AwsClients, calling } from '@data-lake/aws';

/** A resource that a stack holds. @public */
export interface HeldResource {
  logicalId: string;
  type: string;
  /** Absent where it never came to be. */
  physicalId?: string;
}

/** What a stack holds, without what is deleted already. */
export async function listStackResources(options: {
  clients: AwsClients;
  stackId: string;
  signal?: AbortSignal;
}): Promise<HeldResource[]> {
  const { clients, stackId, signal } = options;
  const resources: HeldResource[] = [];
  let token: string | undefined;
  do {
    const NextToken = token;
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
    for (const summary of page.StackResourceSummaries ?? []) {
      if (summary.ResourceStatus === 'DELETE_COMPLETE') continue;
      resources.push({
        logicalId: summary.LogicalResourceId!,
        type: summary.ResourceType!,
        physicalId: summary.PhysicalResourceId || undefined,
      });
    }
    token = page.NextToken;
  } while (token);
  return resources;
}
