import { findStack } from '../stack/stack';
import { startDeletion } from '../stack/startDeletion';
import { startOperation } from './startOperation';
import { StartedOperations } from './startedOperations';

/** Starts the deletion of a stack, and notes it as a started operation. */
export async function startStackDeletion(
  options: Parameters<typeof startDeletion>[0] & {
    stackName: string;
    operations: StartedOperations;
  },
): Promise<void> {
  const { clients, stackName, stackId, operations } = options;
  await startOperation({
    operations,
    operation: { act: 'delete', stackName, stackId },
    start: () => startDeletion(options),
    hasStarted: async () => {
      const stack = await findStack(clients, stackId);
      return !stack || stack.status === 'DELETE_IN_PROGRESS';
    },
  });
}
