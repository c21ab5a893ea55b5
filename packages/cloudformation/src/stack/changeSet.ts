import {
  ChangeSetStatus,
  DescribeChangeSetCommand,
  DescribeChangeSetOutput,
  ExecutionStatus,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { NotFoundError } from '@backstage/errors';
import { AwsClients, calling, listPages, redact } from '@data-lake/aws';
import { ResourceChange, toResourceChange } from './resourceChange';

/**
 * A change set and its stack, by ARNs: a stack that was deleted and made again has another one. The names
 * serve until CloudFormation has answered with the ARNs.
 */
export interface ChangeSetRef {
  clients: AwsClients;
  stackId: string;
  id: string;
}

/** The state of a change set. */
export interface ChangeSetState {
  /** ARN. */
  id: string;
  stackId: string;
  /**
   * `pending` is being created, `ready` can be executed, `empty` would change nothing, `obsolete` belongs
   * to a stack that has changed since, or is being deleted; `unavailable` is created and cannot be
   * executed, which CloudFormation may say for a moment only.
   */
  state:
    | 'pending'
    | 'ready'
    | 'empty'
    | 'executing'
    | 'executed'
    | 'obsolete'
    | 'unavailable'
    | 'failed';
  reason?: string;
  /** Sorted by logical id. */
  resources: ResourceChange[];
  /** The change sets of nested stacks. */
  nested: NestedChangeSet[];
  /** The parameters that the stack would have; those of NoEcho are masked. */
  parameters: Record<string, string>;
}

/** The change set of a nested stack. */
export interface NestedChangeSet {
  /** Logical id of the nested stack. */
  logicalId: string;
  /** ARN. */
  id: string;
  /** ARN of the nested stack; absent if it does not exist yet. */
  stackId?: string;
}

/** Finds a change set with all pages of its changes; undefined if it does not exist. */
export async function findChangeSet(
  ref: DescribeOptions,
): Promise<ChangeSetState | undefined> {
  try {
    const { first, changes } = await describeChangeSet(ref);
    return {
      id: first.ChangeSetId ?? ref.id,
      stackId: first.StackId ?? ref.stackId ?? '',
      state: toState(first),
      reason: redact(first.StatusReason ?? '') || undefined,
      resources: changes
        .map(toResourceChange)
        .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1)),
      nested: changes.flatMap(change =>
        change.ChangeSetId
          ? {
              logicalId: change.LogicalResourceId ?? '',
              id: change.ChangeSetId,
              stackId: change.PhysicalResourceId || undefined,
            }
          : [],
      ),
      parameters: Object.fromEntries(
        (first.Parameters ?? []).map(({ ParameterKey, ParameterValue }) => [
          ParameterKey!,
          ParameterValue ?? '',
        ]),
      ),
    };
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Describes a change set with all pages of its changes; on request with the values of properties. */
export async function describeChangeSet(options: DescribeOptions) {
  let first: DescribeChangeSetOutput | undefined;
  const changes = await listPages(async token => {
    const page = await describePage(options, token);
    first ??= page;
    return { items: page.Changes ?? [], next: page.NextToken };
  });
  return {
    first: first!,
    changes: changes.flatMap(({ ResourceChange: change }) => change ?? []),
  };
}

/** An ARN of a change set is enough. */
type DescribeOptions = Omit<ChangeSetRef, 'stackId'> &
  Partial<Pick<ChangeSetRef, 'stackId'>> & {
    withValues?: boolean;
    signal?: AbortSignal;
  };

async function describePage(
  options: DescribeOptions,
  NextToken: string | undefined,
): Promise<DescribeChangeSetOutput> {
  const { clients, stackId, id, withValues, signal } = options;
  return calling(
    {
      what: `reading change set ${id} of stack ${stackId ?? '(nested)'}`,
      action: 'cloudformation:DescribeChangeSet',
    },
    () =>
      clients.cloudformation.send(
        new DescribeChangeSetCommand({
          StackName: stackId,
          ChangeSetName: id,
          IncludePropertyValues: withValues,
          NextToken,
        }),
        { abortSignal: signal },
      ),
  );
}

type State = ChangeSetState['state'];

/** A status that a later SDK adds is one of a change set that cannot be executed. */
function toState(page: DescribeChangeSetOutput): State {
  const { Status, StatusReason, ExecutionStatus: execution } = page;
  const state =
    (execution && byExecution[execution]) ??
    (Status && byStatus[Status]) ??
    'unavailable';
  if (state === 'failed' && isNoChange(StatusReason)) return 'empty';
  if (state === 'ready' && execution !== 'AVAILABLE') return 'unavailable';
  return state;
}

/** Undefined: the other status decides. */
const byExecution = {
  AVAILABLE: undefined,
  UNAVAILABLE: undefined,
  EXECUTE_IN_PROGRESS: 'executing',
  EXECUTE_COMPLETE: 'executed',
  EXECUTE_FAILED: 'failed',
  OBSOLETE: 'obsolete',
} satisfies Record<ExecutionStatus, State | undefined>;

const byStatus = {
  CREATE_PENDING: 'pending',
  CREATE_IN_PROGRESS: 'pending',
  CREATE_COMPLETE: 'ready',
  FAILED: 'failed',
  // another caller is deleting it
  DELETE_PENDING: 'obsolete',
  DELETE_IN_PROGRESS: 'obsolete',
  DELETE_COMPLETE: 'obsolete',
  DELETE_FAILED: 'obsolete',
} satisfies Record<ChangeSetStatus, State>;

/** CloudFormation says this only in words. */
function isNoChange(reason = ''): boolean {
  return /didn't contain changes|No updates are to be performed/i.test(reason);
}

/** Tells whether the stack has any change set left. */
export async function hasChangeSets(
  clients: AwsClients,
  stackName: string,
): Promise<boolean> {
  const { Summaries } = await calling(
    {
      what: `listing the change sets of stack ${stackName}`,
      action: 'cloudformation:ListChangeSets',
    },
    () =>
      clients.cloudformation.send(
        new ListChangeSetsCommand({ StackName: stackName }),
      ),
  );
  return (Summaries ?? []).length > 0;
}
