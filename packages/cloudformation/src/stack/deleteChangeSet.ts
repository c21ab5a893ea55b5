import { DeleteChangeSetCommand } from '@aws-sdk/client-cloudformation';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { calling, poll } from '@data-lake/aws';
import { ChangeSetRef, ChangeSetState, findChangeSet } from './changeSet';

/**
 * Deletes a change set, if it exists. CloudFormation does not delete one that it is still creating, so
 * that is waited for. One with nested stacks is gone some time later, which is waited for too.
 */
export async function deleteChangeSet(
  options: ChangeSetRef,
  { isNesting = false } = {},
): Promise<void> {
  await deleteOnceMade(options);
  if (!isNesting) return;
  await poll<ChangeSetState | undefined>({
    ask: () => findChangeSet(options),
    until: found => !found,
    deadline: Date.now() + 60_000,
    describe: () => `the end of the change set of stack ${options.stackId}`,
    toTimeoutError: () =>
      new ConflictError('CloudFormation has not deleted it in a minute'),
    log: () => {},
  });
}

async function deleteOnceMade(options: ChangeSetRef): Promise<void> {
  try {
    await deleteSettled(options);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    await poll<ChangeSetState | undefined>({
      ask: () => findChangeSet(options),
      until: found => found?.state !== 'pending',
      deadline: Date.now() + 60_000,
      describe: () => `the change set of stack ${options.stackId}`,
      toTimeoutError: () => error,
      log: () => {},
    });
    await deleteSettled(options);
  }
}

async function deleteSettled(options: ChangeSetRef): Promise<void> {
  const { clients, stackId, id } = options;
  try {
    await calling(
      {
        what: `removing the change set of stack ${stackId}`,
        action: 'cloudformation:DeleteChangeSet',
      },
      () =>
        clients.cloudformation.send(
          new DeleteChangeSetCommand({
            StackName: stackId,
            ChangeSetName: id,
          }),
        ),
    );
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
}
