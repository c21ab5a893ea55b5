import {
  DescribeStackEventsCommand,
  StackEvent as SdkStackEvent,
} from '@aws-sdk/client-cloudformation';
import { AwsClients, calling } from '@data-lake/aws';

/** One line of a stack's history. @public */
export interface StackEvent {
  id: string;
  at: Date;
  /** The stack that it is an event of. */
  stackId: string;
  /** Of a nested stack: its logical id, below those of the stacks around it (`Network/Subnets`). */
  within?: string;
  logicalId: string;
  physicalId?: string;
  type: string;
  status: string;
  reason?: string;
  token?: string;
  /** Of the outermost stack itself, not of a resource in it. */
  ofStack: boolean;
}

/**
 * The events of a stack after a known one, or from a time on, oldest first; with neither, all of them.
 * `newestPage` reads one page only.
 *
 * @public
 */
export async function listEvents(options: {
  clients: AwsClients;
  stackId: string;
  after?: string;
  from?: Date;
  newestPage?: boolean;
  /** See {@link StackEvent}. */
  within?: string;
  signal?: AbortSignal;
}): Promise<StackEvent[]> {
  const { clients, stackId, after, from, newestPage, within, signal } = options;
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
      const isBefore = from !== undefined && event.Timestamp! < from;
      if (event.EventId === after || isBefore) return events.reverse();
      events.push(toStackEvent(event, within));
    }
    token = newestPage ? undefined : page.NextToken;
  } while (token);
  return events.reverse();
}

function toStackEvent(event: SdkStackEvent, within?: string): StackEvent {
  return {
    id: event.EventId!,
    at: event.Timestamp!,
    stackId: event.StackId!,
    within,
    logicalId: event.LogicalResourceId ?? '',
    physicalId: event.PhysicalResourceId || undefined,
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason || undefined,
    token: event.ClientRequestToken || undefined,
    ofStack: !within && event.PhysicalResourceId === event.StackId,
  };
}

/** The last event before the operation of this token, or undefined where there is none. */
export async function findEventBefore(options: {
  clients: AwsClients;
  stackId: string;
  token: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const events = await listEvents(options);
  return events.findLast(({ token }) => token !== options.token)?.id;
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
 * Why an operation failed: its first failed resource that was not merely cancelled with the others, in
 * a nested stack rather than the nested stack itself.
 *
 * @param events - of the failed operation, oldest first
 * @public
 */
export function findCause(
  events: readonly StackEvent[],
): StackEvent | undefined {
  const failed = events.filter(isFailure);
  const own = failed.filter(event => !isCancelled(event));
  return (
    own.find(({ type }) => type !== nestedType) ??
    own.find(({ ofStack }) => !ofStack) ??
    own[0] ??
    failed[0] ??
    events.find(({ ofStack, reason }) => ofStack && reason !== undefined)
  );
}

/** What failed besides: neither merely cancelled, nor a stack that fails with what is in it. @public */
export function listOtherFailures(events: readonly StackEvent[]): StackEvent[] {
  const cause = findCause(events);
  return events.filter(
    event =>
      isFailure(event) &&
      !isCancelled(event) &&
      event.type !== nestedType &&
      event !== cause,
  );
}

/** `Network/Subnet (AWS::EC2::Subnet) CREATE_FAILED: …` @public */
export function failureText(event: StackEvent): string {
  const { type, status, reason } = event;
  return `${idOf(event)} (${type}) ${status}: ${reason ?? 'no reason given'}`;
}

/** The logical id, with those of the nested stacks around it. */
export const idOf = ({ within, logicalId }: StackEvent) =>
  within ? `${within}/${logicalId}` : logicalId;

export const nestedType = 'AWS::CloudFormation::Stack';

const isFailure = ({ status }: StackEvent) => status.endsWith('_FAILED');

/** CloudFormation tells this in words only. */
const isCancelled = ({ reason }: StackEvent) =>
  /\bcancell?ed\b/i.test(reason ?? '');
