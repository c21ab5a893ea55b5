import { ConflictError, NotFoundError } from '@backstage/errors';
import { ChangeSetRef, findChangeSet } from '../stack/changeSet';
import { listEvents } from '../stack/events';
import { executeChangeSet } from '../stack/executeChangeSet';
import { toOvertakenError } from './prepareChangeSet';
import { Start, startOperation } from './startOperation';

/** A change set to execute, and the token of its execution. */
export type Execution = ChangeSetRef &
  Pick<Start, 'operations' | 'operation'> & { token: string };

/**
 * Executes a change set, once.
 *
 * @throws ConflictError if another operation came first
 */
export async function startExecution(execution: Execution): Promise<void> {
  const { operations, operation } = execution;
  try {
    await startOperation({
      operations,
      operation,
      start: () => executeChangeSet(execution),
      hasStarted: () => hasStarted(execution),
    });
  } catch (error) {
    const isOvertaken = isGone(error) && !operations.isRunning;
    throw isOvertaken ? toOvertakenError(operation) : error;
  }
}

/** The change set was deleted, or is obsolete. */
const isGone = (error: unknown) =>
  error instanceof NotFoundError || error instanceof ConflictError;

async function hasStarted(execution: Execution): Promise<boolean> {
  const { clients, stackId, token } = execution;
  const changeSet = await findChangeSet(execution);
  if (changeSet) return ['executing', 'executed'].includes(changeSet.state);
  // CloudFormation removes a change set that it has executed
  const events = await listEvents({ clients, stackId, newestPage: true });
  return events.some(event => event.token === token);
}
