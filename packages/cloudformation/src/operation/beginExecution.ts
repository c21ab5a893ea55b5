import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import { executeChangeSet, findChangeSet } from '../stack/changeSet';
import { listEvents } from '../stack/events';
import { overtaken } from './prepareChangeSet';

/** Nobody knows whether an operation goes on: nothing of it is taken back. */
export class MayHaveBegunError extends ServiceUnavailableError {}

/**
 * Executes a change set, once. An answer that was lost leaves open whether CloudFormation has begun:
 * then the stack is asked, and only what has not begun is an error.
 *
 * @throws ConflictError where another operation came first; MayHaveBegunError where nobody knows
 */
export async function beginExecution(execution: Execution): Promise<void> {
  try {
    await executeChangeSet(execution);
  } catch (error) {
    const begun = await hasBegun(execution).catch(() => {
      throw new MayHaveBegunError(
        `CloudFormation may have begun to change stack ${execution.stackName}, and does not answer whether it has. Run this again: it follows what has begun, or begins it`,
        error as Error,
      );
    });
    if (begun) return;
    throw isOvertaken(error) ? overtaken(execution) : error;
  }
}

/** Its change set is gone, or obsolete. */
const isOvertaken = (error: unknown) =>
  error instanceof NotFoundError || error instanceof ConflictError;

interface Execution {
  clients: AwsClients;
  stackName: string;
  /** Of the change set. */
  name: string;
  token: string;
}

async function hasBegun(execution: Execution): Promise<boolean> {
  const { clients, stackName, name, token } = execution;
  const changeSet = await findChangeSet({ clients, stackName, name });
  if (changeSet) return ['executing', 'executed'].includes(changeSet.state);
  // CloudFormation removes a change set that it has executed
  const events = await listEvents({
    clients,
    stackId: stackName,
    newestPage: true,
  });
  return events.some(event => event.token === token);
}
