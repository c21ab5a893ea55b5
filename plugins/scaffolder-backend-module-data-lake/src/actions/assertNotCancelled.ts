import { NotAllowedError } from '@backstage/errors';
import { DataLakeServices } from './dataLakeServices';
import { StepContext } from './stepContext';

/**
 * Refuses to begin what others see, or what cannot be taken back, in a task that is cancelled. The scaffolder tells a
 * step of a cancellation only within a second, in which the next step may have begun: the task itself is asked.
 *
 * @throws NotAllowedError, or the reason of the signal
 */
export async function assertNotCancelled(
  { auth, scaffolder }: Pick<DataLakeServices, 'auth' | 'scaffolder'>,
  { signal, task }: Pick<StepContext<unknown>, 'signal' | 'task'>,
): Promise<void> {
  signal?.throwIfAborted();
  const credentials = await auth.getOwnServiceCredentials();
  const { status } = await scaffolder.getTask(
    { taskId: task.id },
    { credentials },
  );
  if (status === 'cancelled') {
    throw new NotAllowedError(
      `Task ${task.id} was cancelled, so nothing was begun`,
    );
  }
}
