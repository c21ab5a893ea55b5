import {
  DescribeChangeSetCommand,
  DescribeChangeSetOutput,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { NotFoundError } from '@backstage/errors';
import { AwsClients, calling, listPages } from '@data-lake/aws';
import { ResourceChange, toResourceChange } from './resourceChange';

/** A change set of a stack, by name. */
export interface ChangeSetRef {
  clients: AwsClients;
  stackName: string;
  name: string;
}

/** The state of a change set. */
export interface ChangeSetState {
  /** ARN. */
  id: string;
  /**
   * `pending` is being created, `ready` can be executed, `empty` would change nothing, `obsolete` belongs
   * to a stack that has changed since.
   */
  state:
    | 'pending'
    | 'ready'
    | 'empty'
    | 'executing'
    | 'executed'
    | 'obsolete'
    | 'failed';
  reason?: string;
  /** Sorted by logical id. */
  resources: ResourceChange[];
}

/** Finds a change set with all pages of its changes; undefined if it does not exist. */
export async function findChangeSet(
  options: ChangeSetRef & { signal?: AbortSignal },
): Promise<ChangeSetState | undefined> {
  let last: DescribeChangeSetOutput | undefined;
  try {
    const changes = await listPages(async token => {
      last = await describePage(options, token);
      return { items: last.Changes ?? [], next: last.NextToken };
    });
    const resources = changes
      .flatMap(({ ResourceChange: change }) => change ?? [])
      .map(toResourceChange)
      .sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
    const { ChangeSetId: id = '', StatusReason: reason } = last!;
    return { id, state: toState(last!), reason, resources };
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

async function describePage(
  options: ChangeSetRef & { signal?: AbortSignal },
  NextToken: string | undefined,
): Promise<DescribeChangeSetOutput> {
  const { clients, stackName, name, signal } = options;
  return calling(
    {
      what: `reading the change set of stack ${stackName}`,
      action: 'cloudformation:DescribeChangeSet',
    },
    () =>
      clients.cloudformation.send(
        new DescribeChangeSetCommand({
          StackName: stackName,
          ChangeSetName: name,
          NextToken,
        }),
        { abortSignal: signal },
      ),
  );
}

function toState(page: DescribeChangeSetOutput): ChangeSetState['state'] {
  const { Status, StatusReason, ExecutionStatus } = page;
  if (ExecutionStatus === 'EXECUTE_IN_PROGRESS') return 'executing';
  if (ExecutionStatus === 'EXECUTE_COMPLETE') return 'executed';
  if (ExecutionStatus === 'OBSOLETE') return 'obsolete';
  if (ExecutionStatus === 'EXECUTE_FAILED') return 'failed';
  if (Status === 'FAILED') {
    return isNoChange(StatusReason) ? 'empty' : 'failed';
  }
  return Status === 'CREATE_COMPLETE' && ExecutionStatus === 'AVAILABLE'
    ? 'ready'
    : 'pending';
}

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
