import { CancelUpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { AwsClients, consoleUrl, calling } from '@data-lake/aws';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { listEvents } from '../stack/events';
import { toActToken, toCallerName } from '../stack/identity';
import { findStack, StackState } from '../stack/stack';
import { listStackResources } from '../stack/stackResources';
import { startDeletion } from '../stack/startDeletion';
import { splitByRetention } from '../template/splitByRetention';
import { StartedOperations } from './startedOperations';

/**
 * The fate of a started operation when its task is cancelled. `leave`: CloudFormation continues.
 * `rollback`: an update is rolled back, and a stack that is being created is deleted.
 *
 * @public
 */
export type OnCancel = 'leave' | 'rollback';

/** Applies `onCancel`, and logs what is left. It does not wait, and a failure is only logged. */
export async function afterCancel(options: {
  clients: AwsClients;
  spec: DeploymentSpec;
  stackId: string;
  onCancel: OnCancel;
  operations: StartedOperations;
  log: (line: string) => void;
}): Promise<void> {
  const { clients, spec, stackId, onCancel, operations, log } = options;
  const link = consoleUrl(clients.target, { of: 'stack', stackId });
  const leave = `Cancelled here, but CloudFormation continues: ${link}`;
  if (onCancel === 'leave') {
    log(leave);
    return;
  }
  try {
    const stack = await findStack(clients, stackId);
    const result = await rollBack({ clients, spec, stack });
    if (result) operations.cancel(`Cancelled: ${result}: ${link}`);
    log(result ? `Cancelled: ${result}: ${link}` : leave);
  } catch (error) {
    log(`${leave}. It could not be rolled back: ${(error as Error).message}`);
  }
}

/** Rolls an operation back, and says what it did; undefined if CloudFormation is left to continue. */
async function rollBack(options: {
  clients: AwsClients;
  spec: DeploymentSpec;
  stack: StackState | undefined;
}): Promise<string | undefined> {
  const { clients, spec, stack } = options;
  if (!stack) return 'the stack does not exist';
  switch (stack.status) {
    case 'UPDATE_IN_PROGRESS':
      await cancelUpdate(clients, spec, stack);
      return `CloudFormation rolls back the update of stack ${stack.name} to its former state`;
    case 'CREATE_IN_PROGRESS':
      return deleteUnfinished({ clients, spec, stack });
    default:
      if (stack.status.endsWith('_IN_PROGRESS')) return undefined;
      return `the operation had already ended: stack ${stack.name} is ${stack.status} and stays so`;
  }
}

async function cancelUpdate(
  clients: AwsClients,
  spec: DeploymentSpec,
  stack: StackState,
): Promise<void> {
  await calling(
    {
      what: `cancelling the update of stack ${stack.name}`,
      action: 'cloudformation:CancelUpdateStack',
    },
    () =>
      clients.cloudformation.send(
        new CancelUpdateStackCommand({
          StackName: stack.id,
          ClientRequestToken: toActToken(spec, 'cancel', stack.id),
        }),
      ),
  );
}

/** Deletes a first create of the same caller, and names the resources that its template retains. */
async function deleteUnfinished(options: {
  clients: AwsClients;
  spec: DeploymentSpec;
  stack: StackState;
}): Promise<string | undefined> {
  const { clients, spec, stack } = options;
  const source = { clients, stackId: stack.id };
  const [newest] = (await listEvents({ ...source, newestPage: true })).slice(
    -1,
  );
  if (!newest?.token?.startsWith(toCallerName(spec))) return undefined;
  const { stays } = splitByRetention(
    await listStackResources(source),
    spec.template.content,
  );
  await startDeletion({
    ...source,
    roleArn: spec.roleArn,
    token: toActToken(spec, 'delete', stack.id),
  });
  const left = stays.map(({ logicalId, physicalId }) =>
    physicalId ? `${logicalId} (${physicalId})` : logicalId,
  );
  return `stack ${stack.name}, which was being created, is deleted${
    left.length > 0 ? `. Retained by policy: ${left.join(', ')}` : ''
  }`;
}
