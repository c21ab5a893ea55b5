import {
  DescribeStackEventsCommand,
  StackEvent as SdkStackEvent,
} from '@aws-sdk/client-cloudformation';
import { AwsClients } from '../aws/clients';
import { calling } from '../aws/errors';

/** One line of a stack's history. @public */
export interface StackEvent {
  id: string;
  at: Date;
  logicalId: string;
  physicalId?: string;
  type: string;
  status: string;
  reason?: string;
  token?: string;
  /** Of the stack itself, not of a resource in it. */
  ofStack: boolean;
}

/**
 * The events of a stack after a known one, oldest first; without a known one, all of them.
 * `newestPage` reads one page only.
 *
 * @public
 */
export async function listEvents(options: {
  clients: AwsClients;
  stackId: string;
  after?: string;
  newestPage?: boolean;
  signal?: AbortSignal;
}): Promise<StackEvent[]> {
  const { clients, stackId, after, newestPage, signal } = options;
  const events: StackEvent[] = [];
  let token: string | undefined;
  do {
    const NextToken = token;
    const page = await calling(
      {
        what: `reading the events of stack ${stackId}`,
        action: 'cloudformation:DescribeStackEvents',
      },
      () =>
        clients.cloudformation.send(
          new DescribeStackEventsCommand({
            StackName: stackId,
            NextToken,
          }),
          { abortSignal: signal },
        ),
    );
    for (const event of page.StackEvents ?? []) {
      if (event.EventId === after) return events.reverse();
      events.push(toStackEvent(event));
    }
    token = newestPage ? undefined : page.NextToken;
  } while (token);
  return events.reverse();
}

function toStackEvent(event: SdkStackEvent): StackEvent {
  return {
    id: event.EventId!,
    at: event.Timestamp!,
    logicalId: event.LogicalResourceId ?? '',
    physicalId: event.PhysicalResourceId || undefined,
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason || undefined,
    token: event.ClientRequestToken || undefined,
    ofStack: event.PhysicalResourceId === event.StackId,
  };
}

/** Whether the operation has ended with this event. @public */
export function endsOperation({ ofStack, status }: StackEvent): boolean {
  return ofStack && !status.endsWith('_IN_PROGRESS');
}

/** Whether the operation did what was asked. @public */
export function isSuccess(status: string): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'].includes(
    status,
  );
}

/**
 * Why an operation failed: its first failed resource that was not merely cancelled with the others.
 *
 * @param events - of the failed operation, oldest first
 * @public
 */
export function findCause(
  events: readonly StackEvent[],
): StackEvent | undefined {
  const failed = events.filter(({ status }) => status.endsWith('_FAILED'));
  const own = failed.filter(
    ({ reason }) => !/\bcancell?ed\b/i.test(reason ?? ''),
  );
  return (
    own.find(({ ofStack }) => !ofStack) ??
    own[0] ??
    failed[0] ??
    events.find(({ ofStack, reason }) => ofStack && reason !== undefined)
  );
}
