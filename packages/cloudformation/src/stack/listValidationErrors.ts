import { DescribeEventsCommand } from '@aws-sdk/client-cloudformation';
import { AwsClients, calling, listPages, redact } from '@data-lake/aws';

/**
 * Lists the errors of CloudFormation's early validation, one line each; no other call reports them.
 *
 * @param options - `reason`: that of the failure; DescribeEvents is called only if it refers to it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export async function listValidationErrors(options: {
  clients: AwsClients;
  stackId: string;
  /** ARN. */
  changeSetId?: string;
  reason: string | undefined;
  /** Leaves out the errors of earlier operations. */
  since?: Date;
}): Promise<string[]> {
  const { changeSetId, reason, since } = options;
  // more specific for an operation, since services say `1 validation error detected` too
  const hint = changeSetId
    ? /DescribeEvents|validation/i
    : /DescribeEvents|early validation|validation failed/i;
  if (!hint.test(reason ?? '')) return [];
  // without the permission for this call, the known reason is still reported
  const events = await listOperationEvents(options).catch(() => []);
  return events
    .filter(
      ({ EventType, Timestamp }) =>
        EventType === 'VALIDATION_ERROR' &&
        !(since && Timestamp && Timestamp < since),
    )
    .map(({ LogicalResourceId, ResourceType, ValidationStatusReason }) =>
      redact(
        `${LogicalResourceId} (${ResourceType}): ${ValidationStatusReason}`,
      ),
    );
}

function listOperationEvents(options: {
  clients: AwsClients;
  stackId: string;
  /** ARN. */
  changeSetId?: string;
}) {
  const { clients, stackId, changeSetId } = options;
  return calling(
    {
      what: `reading why the validation of stack ${stackId} failed`,
      action: 'cloudformation:DescribeEvents',
    },
    () =>
      listPages(
        async NextToken => {
          const page = await clients.cloudformation.send(
            new DescribeEventsCommand({
              StackName: stackId,
              ChangeSetName: changeSetId,
              NextToken,
            }),
          );
          return { items: page.OperationEvents ?? [], next: page.NextToken };
        },
        { most: 500 },
      ),
  );
}
