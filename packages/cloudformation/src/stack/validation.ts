import { DescribeEventsCommand } from '@aws-sdk/client-cloudformation';
import { AwsClients, calling, listPages } from '@data-lake/aws';

/**
 * What CloudFormation's early validation found, one line each; it tells of that nowhere else.
 *
 * @param options - `reason` is that of the failure: only where it points to DescribeEvents is it called
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export async function listValidationErrors(options: {
  clients: AwsClients;
  stackName: string;
  changeSetName?: string;
  reason: string | undefined;
  /** What an earlier operation was told is no cause of this one. */
  since?: Date;
}): Promise<string[]> {
  const { clients, stackName, changeSetName, reason, since } = options;
  // of an operation, since services say `1 validation error detected` too
  const hint = changeSetName
    ? /DescribeEvents|validation/i
    : /DescribeEvents|early validation|validation failed/i;
  if (!hint.test(reason ?? '')) return [];
  // whoever may not ask still learns the reason that is known
  const events = await calling(
    {
      what: `reading why the validation of stack ${stackName} failed`,
      action: 'cloudformation:DescribeEvents',
    },
    () =>
      listPages(
        async NextToken => {
          const page = await clients.cloudformation.send(
            new DescribeEventsCommand({
              StackName: stackName,
              ChangeSetName: changeSetName,
              NextToken,
            }),
          );
          return { items: page.OperationEvents ?? [], next: page.NextToken };
        },
        { most: 500 },
      ),
  ).catch(() => []);
  return events
    .filter(
      ({ EventType, Timestamp }) =>
        EventType === 'VALIDATION_ERROR' &&
        !(since && Timestamp && Timestamp < since),
    )
    .map(
      ({ LogicalResourceId, ResourceType, ValidationStatusReason }) =>
        `${LogicalResourceId} (${ResourceType}): ${ValidationStatusReason}`,
    );
}
