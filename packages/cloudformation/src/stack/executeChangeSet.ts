import { ExecuteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { calling } from '@data-lake/aws';
import { ChangeSetRef } from './changeSet';

/** Executes a change set. */
export async function executeChangeSet(
  options: ChangeSetRef & { token: string },
): Promise<void> {
  // no signal: a lost answer would leave open whether the execution has started
  const { clients, stackId, id, token } = options;
  await calling(
    {
      what: `executing the change set of stack ${stackId}`,
      action: 'cloudformation:ExecuteChangeSet',
    },
    () =>
      clients.cloudformation.send(
        new ExecuteChangeSetCommand({
          StackName: stackId,
          ChangeSetName: id,
          ClientRequestToken: token,
          // a failed create leaves no retained bucket behind, whose name the next try would need
          RetainExceptOnCreate: true,
        }),
      ),
  );
}
