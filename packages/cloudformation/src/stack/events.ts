import {
  DescribeStackEventsCommand,
  StackEvent as SdkStackEvent,
} from '@aws-sdk/client-cloudformation';
import { AwsClients, calling, listPages, redact } from '@data-lake/aws';
import { HookAnswer, toHookAnswer } from './hooks';

/** An event of a stack. @public */
export interface StackEvent {
  id: string;
  at: Date;
  /** The stack to which the event belongs. */
  stackId: string;
  /** The nested stack to which it belongs, by logical ids from the outermost (`Network/Subnets`). */
  within?: string;
  logicalId: string;
  physicalId?: string;
  type: string;
  status: string;
  reason?: string;
  token?: string;
  /** What a hook answered, if the event tells it. */
  hook?: HookAnswer;
  /** True for events of the outermost stack itself, not of a resource in it. */
  ofStack: boolean;
}

/**
 * Lists the events of a stack after a known one, or from a time on, oldest first; with neither, all of
 * them. With `newestPage` it reads one page only.
 *
 * @public
 */
export async function listEvents(options: {
  clients: AwsClients;
  stackId: string;
  after?: string;
  from?: Date;
  newestPage?: boolean;
  /** See `StackEvent`. */
  within?: string;
  signal?: AbortSignal;
}): Promise<StackEvent[]> {
  const { after, from, newestPage, within } = options;
  const isKnown = ({ EventId, Timestamp }: SdkStackEvent) =>
    EventId === after || (from !== undefined && Timestamp! < from);
  const newestFirst = await listPages(
    async token => {
      const page = await describeEvents(options, token);
      return {
        items: page.StackEvents ?? [],
        next: newestPage ? undefined : page.NextToken,
      };
    },
    { until: isKnown },
  );
  const end = newestFirst.findIndex(isKnown);
  return newestFirst
    .slice(0, end < 0 ? undefined : end)
    .map(event => toStackEvent(event, within))
    .reverse();
}

function describeEvents(
  options: { clients: AwsClients; stackId: string; signal?: AbortSignal },
  NextToken: string | undefined,
) {
  const { clients, stackId, signal } = options;
  return calling(
    {
      what: `reading the events of stack ${stackId}`,
      action: 'cloudformation:DescribeStackEvents',
    },
    () =>
      clients.cloudformation.send(
        new DescribeStackEventsCommand({ StackName: stackId, NextToken }),
        { abortSignal: signal },
      ),
  );
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
    reason: redact(event.ResourceStatusReason ?? '') || undefined,
    token: event.ClientRequestToken || undefined,
    hook: toHookAnswer(event),
    ofStack: !within && event.PhysicalResourceId === event.StackId,
  };
}

/** Finds the last event before the operation with this token. */
export async function findEventBefore(options: {
  clients: AwsClients;
  stackId: string;
  token: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const events = await listEvents(options);
  return events.findLast(({ token }) => token !== options.token)?.id;
}

/** Tells whether this event ends the operation. */
export function endsOperation({ ofStack, status }: StackEvent): boolean {
  return ofStack && !status.endsWith('_IN_PROGRESS');
}

/** Tells whether an operation that ended in this status succeeded. @public */
export function isSuccess(status: string): boolean {
  return ['CREATE_COMPLETE', 'UPDATE_COMPLETE', 'IMPORT_COMPLETE'].includes(
    status,
  );
}

/** Returns the logical id, after those of the nested stacks around it. */
export const toPath = ({ within, logicalId }: StackEvent) =>
  within ? `${within}/${logicalId}` : logicalId;

/** The resource type of nested stacks. */
export const nestedType = 'AWS::CloudFormation::Stack';

/** CloudFormation's reason of an operation that a caller asked for, not of one that failed. */
export const isUserInitiated = ({ reason }: Pick<StackEvent, 'reason'>) =>
  /^User Initiated\b/i.test(reason ?? '');
