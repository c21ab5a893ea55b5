import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ChangeSetRef, findChangeSet } from '../stack/changeSet';
import { listEvents } from '../stack/events';
import { executeChangeSet } from '../stack/executeChangeSet';
import { toOvertakenError } from './prepareChangeSet';

/** It is unknown whether the operation has started: nothing of it is removed. */
export class MayHaveStartedError extends ServiceUnavailableError {}

/**
 * Executes a change set, once. A lost answer leaves open whether CloudFormation has started: then the
 * stack is read, and it is an error only if the execution has not started.
 *
 * @throws ConflictError if another operation came first; MayHaveStartedError if it is unknown
 */
export async function startExecution(execution: Execution): Promise<void> {
  try {
    await executeChangeSet(execution);
  } catch (error) {
    const started = await hasStarted(execution).catch(() => {
      throw new MayHaveStartedError(
        `CloudFormation may have started to change stack ${execution.stackName}, and does not answer whether it has. Run this again: it follows the operation, or starts it`,
        error as Error,
      );
    });
    if (started) return;
    throw isOvertaken(error) ? toOvertakenError(execution) : error;
  }
}

/** The change set was deleted, or is obsolete. */
const isOvertaken = (error: unknown) =>
  error instanceof NotFoundError || error instanceof ConflictError;

interface Execution extends ChangeSetRef {
  token: string;
}

async function hasStarted(execution: Execution): Promise<boolean> {
  const { clients, stackName, token } = execution;
  const changeSet = await findChangeSet(execution);
  if (changeSet) return ['executing', 'executed'].includes(changeSet.state);
  // CloudFormation removes a change set that it has executed
  const events = await listEvents({
    clients,
    stackId: stackName,
    newestPage: true,
  });
  return events.some(event => event.token === token);
}
