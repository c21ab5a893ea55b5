import { Operation, StartedOperations } from './startedOperations';

/** How to start an operation, and how to find out whether it has started. */
export interface Start {
  operations: StartedOperations;
  operation: Operation;
  start: () => Promise<void>;
  hasStarted: () => Promise<boolean>;
}

/**
 * Starts an operation, and notes it. A lost answer leaves open whether CloudFormation has started: then
 * `hasStarted` asks, and it is an error only if it has not, or if that has no answer either.
 */
export async function startOperation(options: Start): Promise<void> {
  const { operations, operation, start, hasStarted } = options;
  try {
    await start();
  } catch (error) {
    let started: boolean;
    try {
      started = await hasStarted();
    } catch {
      operations.mayHaveStarted(operation);
      throw error;
    }
    if (!started) throw error;
  }
  operations.start(operation);
}
