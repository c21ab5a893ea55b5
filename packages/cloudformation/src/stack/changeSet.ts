import {
  Capability,
  ChangeSetType,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeChangeSetOutput,
  ExecuteChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClients, calling, Doing, pauses } from '@data-lake/aws';
import { GivenTemplate } from './givenTemplate';
import { DeployRequest } from './request';
import { ResourceChange, toResourceChange } from './resourceChange';
import { givesSecrets } from './secrets';

/**
 * Asks CloudFormation for a change set; that of an earlier try with the same name is kept, unless it may
 * have been given other secrets, which are no part of its name.
 */
export async function createChangeSet(options: {
  clients: AwsClients;
  request: DeployRequest;
  template: GivenTemplate;
  name: string;
  type: ChangeSetType;
  keptParameters: string[];
  keptTags: Record<string, string>;
  signal?: AbortSignal;
}): Promise<void> {
  const { clients, request, name, type, keptParameters, signal } = options;
  const { stackName, parameters, tags, roleArn, revertDrift } = request;
  const command = new CreateChangeSetCommand({
    StackName: stackName,
    ChangeSetName: name,
    ChangeSetType: type,
    ...options.template,
    Parameters: [
      ...Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      ...keptParameters.map(ParameterKey => ({
        ParameterKey,
        UsePreviousValue: true,
      })),
    ],
    Tags: Object.entries({ ...options.keptTags, ...tags }).map(
      ([Key, Value]) => ({ Key, Value }),
    ),
    Capabilities: toCapabilities(request),
    RoleARN: roleArn,
    // what was changed by hand is compared with, and set back
    DeploymentMode:
      revertDrift && type === 'UPDATE' ? 'REVERT_DRIFT' : undefined,
  });
  await calling(
    {
      what: `preparing a change set for stack ${stackName}`,
      action: 'cloudformation:CreateChangeSet',
    },
    async () => {
      // no signal: what is cancelled on its way may be made after all, and is to be removed then
      const create = () => clients.cloudformation.send(command);
      try {
        await create();
      } catch (error) {
        // the answer to an earlier try was lost, or the backend was restarted
        if ((error as Error).name !== 'AlreadyExistsException') throw error;
        if (!givesSecrets(request)) return;
        const earlier = await findChangeSet({
          clients,
          stackName,
          name,
          signal,
        });
        if (/^execut/.test(earlier?.state ?? '')) return;
        await deleteChangeSet({ clients, stackName, name });
        await create();
      }
    },
  );
}

function toCapabilities({ capabilities, template }: DeployRequest) {
  if (capabilities) return capabilities as Capability[];
  const hasIam = Object.values(template.resourceTypes).some(type =>
    type.startsWith('AWS::IAM::'),
  );
  // what a macro makes of a template may have any of them
  if (template.macros.length > 0) {
    return [Capability.CAPABILITY_NAMED_IAM, Capability.CAPABILITY_AUTO_EXPAND];
  }
  return hasIam ? [Capability.CAPABILITY_NAMED_IAM] : [];
}

/** A change set as it is now. */
export interface ChangeSetState {
  /** Its ARN. */
  id: string;
  /**
   * `pending` is being made, `ready` can be executed, `empty` would change nothing, `obsolete` is that of
   * a stack that has changed since.
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
  /** By logical id. */
  resources: ResourceChange[];
}

/** The change set with all pages of its changes, or undefined where there is none. */
export async function findChangeSet(options: {
  clients: AwsClients;
  stackName: string;
  name: string;
  signal?: AbortSignal;
}): Promise<ChangeSetState | undefined> {
  const { clients, stackName, name, signal } = options;
  const resources: ResourceChange[] = [];
  let page: DescribeChangeSetOutput;
  let token: string | undefined;
  do {
    const NextToken = token;
    try {
      page = await calling(
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
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
    for (const { ResourceChange: change } of page.Changes ?? []) {
      if (change) resources.push(toResourceChange(change));
    }
    token = page.NextToken;
  } while (token);
  resources.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
  const { ChangeSetId: id = '', StatusReason: reason } = page;
  return { id, state: toState(page), reason, resources };
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

/** CloudFormation tells this in words only. */
function isNoChange(reason = ''): boolean {
  return /didn't contain changes|No updates are to be performed/i.test(reason);
}

export async function executeChangeSet(options: {
  clients: AwsClients;
  stackName: string;
  name: string;
  token: string;
}): Promise<void> {
  // no signal: a lost answer would leave open whether it has begun
  const { clients, stackName, name, token } = options;
  await calling(
    {
      what: `executing the change set of stack ${stackName}`,
      action: 'cloudformation:ExecuteChangeSet',
    },
    () =>
      clients.cloudformation.send(
        new ExecuteChangeSetCommand({
          StackName: stackName,
          ChangeSetName: name,
          ClientRequestToken: token,
          // a failed create leaves no retained bucket behind, whose name the next try would need
          RetainExceptOnCreate: true,
        }),
      ),
  );
}

/** Removes a change set, once it is made: CloudFormation removes none that it is still making. */
export async function deleteChangeSet(options: {
  clients: AwsClients;
  stackName: string;
  name: string;
}): Promise<void> {
  try {
    await deleteSettled(options);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const until = Date.now() + 60_000;
    for (const pause of pauses()) {
      const found = await findChangeSet(options);
      if (found?.state !== 'pending' || Date.now() > until) break;
      await sleep(pause);
    }
    await deleteSettled(options);
  }
}

async function deleteSettled(options: {
  clients: AwsClients;
  stackName: string;
  name: string;
}): Promise<void> {
  const { clients, stackName, name } = options;
  await ifThere(
    {
      what: `removing the change set of stack ${stackName}`,
      action: 'cloudformation:DeleteChangeSet',
    },
    () =>
      clients.cloudformation.send(
        new DeleteChangeSetCommand({
          StackName: stackName,
          ChangeSetName: name,
        }),
      ),
  );
}

/** What is gone already need not be removed. */
async function ifThere(
  doing: Doing,
  call: () => Promise<unknown>,
): Promise<void> {
  try {
    await calling(doing, call);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}

/** Whether any change set of the stack is left. */
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
