import {
  DescribeEventsCommand,
  EventType,
  OperationEvent,
} from '@aws-sdk/client-cloudformation';
import { AwsClients, calling, listPages, redact } from '@data-lake/aws';

/**
 * Lists the errors of CloudFormation's early validation, and of hooks for a change set, one line each.
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
    ? /DescribeEvents|validation|hook/i
    : /DescribeEvents|early validation|validation fail(ed|ure)/i;
  if (!hint.test(reason ?? '')) return [];
  // without the permission for this call, the known reason is still reported
  const events = await listOperationEvents(options).catch(() => []);
  return events
    .filter(
      event =>
        isFinding(event) &&
        !(since && event.Timestamp && event.Timestamp < since),
    )
    .map(toFindingText);
}

/**
 * Lists the warnings of CloudFormation's early validation for a change set that can be executed all the same.
 */
export async function listValidationWarnings(options: {
  clients: AwsClients;
  stackId: string;
  /** ARN. */
  changeSetId: string;
}): Promise<string[]> {
  const events = await listOperationEvents(options);
  return events
    .filter(event => isFinding(event) && event.ValidationFailureMode === 'WARN')
    .map(toFindingText);
}

/** What a validation or a hook says of a resource, and where in it. */
function toFindingText(event: OperationEvent): string {
  const { LogicalResourceId, ResourceType, ValidationPath } = event;
  const what = LogicalResourceId
    ? `${LogicalResourceId} (${ResourceType}): `
    : '';
  const says =
    event.ValidationStatusReason ??
    `hook ${event.HookType}: ${event.HookStatusReason ?? 'no reason given'}`;
  const at = ValidationPath ? ` (at ${ValidationPath})` : '';
  return redact(`${what}${says}${at}`);
}

const isFinding = (event: OperationEvent): boolean =>
  event.EventType !== undefined && findings[event.EventType];

const findings = {
  VALIDATION_ERROR: true,
  HOOK_INVOCATION_ERROR: true,
  // told by the events of the stack
  PROVISIONING_ERROR: false,
  PROGRESS_EVENT: false,
  STACK_EVENT: false,
} satisfies Record<EventType, boolean>;

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
