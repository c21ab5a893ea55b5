import { CancelUpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClients, consoleUrl, calling } from '@data-lake/aws';
import { listEvents } from '../stack/events';
import { toActToken, toAskerName } from '../stack/identity';
import { DeployRequest } from '../stack/request';
import { planDeletion } from '../delete/planDeletion';
import { findStack, StackState } from '../stack/stack';
import { listStackResources } from '../stack/stackResources';
import { startDeletion } from '../stack/startDeletion';

/**
 * What becomes of an operation that has begun when its task is cancelled: `leave` lets CloudFormation
 * go on; `rollback` has it take an update back, and delete a stack that is just being created.
 *
 * @public
 */
export type OnCancel = 'leave' | 'rollback';

/** Does that, and tells what is left. It waits for nothing, and its own failure is only told. */
export async function afterCancel(options: {
  clients: AwsClients;
  request: DeployRequest;
  stackId: string;
  onCancel: OnCancel;
  log: (line: string) => void;
}): Promise<void> {
  const { clients, request, stackId, onCancel, log } = options;
  const link = consoleUrl(clients.target, { of: 'stack', stackId });
  const leave = `Cancelled here, but CloudFormation goes on: ${link}`;
  if (onCancel === 'leave') {
    log(leave);
    return;
  }
  try {
    const stack = await findStack(clients, stackId);
    const done = await takeBack({ clients, request, stack });
    log(done ? `Cancelled: ${done}: ${link}` : leave);
  } catch (error) {
    log(`${leave}. It could not be taken back: ${(error as Error).message}`);
  }
}

/** Says what it did, or nothing where CloudFormation is left to go on. */
async function takeBack(options: {
  clients: AwsClients;
  request: DeployRequest;
  stack: StackState | undefined;
}): Promise<string | undefined> {
  const { clients, request, stack } = options;
  if (!stack) return 'the stack is gone';
  switch (stack.status) {
    case 'UPDATE_IN_PROGRESS':
      await cancelUpdate(clients, request, stack);
      return `CloudFormation takes the update of stack ${stack.name} back, and it will be what it was`;
    case 'CREATE_IN_PROGRESS':
      return deleteUnfinished({ clients, request, stack });
    default:
      if (stack.status.endsWith('_IN_PROGRESS')) return undefined;
      return `the operation had ended: stack ${stack.name} is ${stack.status}, and is left so`;
  }
}

async function cancelUpdate(
  clients: AwsClients,
  request: DeployRequest,
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
          ClientRequestToken: toActToken(request, 'cancel', stack.id),
        }),
      ),
  );
}

/** A first create that is our own is deleted; what it made and its template retains is named. */
async function deleteUnfinished(options: {
  clients: AwsClients;
  request: DeployRequest;
  stack: StackState;
}): Promise<string | undefined> {
  const { clients, request, stack } = options;
  const about = { clients, stackId: stack.id };
  const [newest] = (await listEvents({ ...about, newestPage: true })).slice(-1);
  if (!newest?.token?.startsWith(toAskerName(request))) return undefined;
  const plan = planDeletion({
    stackName: stack.name,
    // it is being created, which a deletion else waits for
    stack: { ...stack, status: 'CREATE_COMPLETE' },
    entity: stack.tags[tagKeys.entity],
    resources: await listStackResources(about),
    template: request.template.content,
  });
  await startDeletion({
    ...about,
    roleArn: request.roleArn,
    token: toActToken(request, 'delete', stack.id),
  });
  const stays = plan.do === 'delete' ? plan.stays : [];
  const left = stays.map(({ logicalId, physicalId }) =>
    physicalId ? `${logicalId} (${physicalId})` : logicalId,
  );
  return `stack ${stack.name}, which was being created, is deleted${
    left.length > 0 ? `. What stays, by its policy: ${left.join(', ')}` : ''
  }`;
}
