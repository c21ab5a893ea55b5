import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { calling, listPages, redact } from '@data-lake/aws';
import { StackSource } from './stack';

/** A resource of a stack. @public */
export interface StackResource {
  logicalId: string;
  type: string;
  /** Absent if the resource was never created. */
  physicalId?: string;
}

/** A resource of a stack, as CloudFormation lists it. @public */
export interface StackResourceState extends StackResource {
  /** CloudFormation's word, such as `CREATE_COMPLETE`. */
  status?: string;
  statusReason?: string;
  updatedAt?: Date;
}

/**
 * Lists the resources of a stack, without those that are already deleted.
 *
 * @param options - `most`: the bound of the listing; optional, default all
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html
 * @public
 */
export async function listStackResources(
  options: StackSource & { most?: number },
): Promise<StackResourceState[]> {
  const { clients, stackId, signal, most } = options;
  const summaries = await listPages(
    async NextToken => {
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
    },
    { most },
  );
  return summaries
    .filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE')
    .map(summary => ({
      logicalId: summary.LogicalResourceId!,
      type: summary.ResourceType!,
      physicalId: summary.PhysicalResourceId || undefined,
      status: summary.ResourceStatus,
      statusReason: redact(summary.ResourceStatusReason ?? '') || undefined,
      updatedAt: summary.LastUpdatedTimestamp,
    }));
}

/** Returns a resource as text, such as `Data (AWS::S3::Bucket, movies)`. */
export const toResourceText = ({
  logicalId,
  type,
  physicalId,
}: StackResource) =>
  `${logicalId} (${type}${physicalId ? `, ${physicalId}` : ''})`;
