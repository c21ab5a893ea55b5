import { CustomErrorBase } from '@backstage/errors';
import { AwsClients, consoleUrl, WaitOptions } from '@data-lake/aws';
import { listEvents } from '../stack/events';
import { listUndeleted } from '../stack/listUndeleted';
import { listStackResources, toResourceText } from '../stack/stackResources';
import { followOperation } from './followOperation';
import { StartedOperations } from './startedOperations';

/** CloudFormation could not delete all of a stack: the message says what is left and why. @public */
export class DeletionFailedError extends CustomErrorBase {
  name = 'DeletionFailedError' as const;
}

type DeletionInProgress = WaitOptions & {
  stackName: string;
  stackId: string;
  operations: StartedOperations;
};

/**
 * Waits for the end of a deletion.
 *
 * @param options - `after`: the last event before the deletion, if this call started it
 * @returns the last status of the stack
 * @throws DeletionFailedError if some resource was not deleted
 */
export async function followDeletion(
  options: DeletionInProgress & { after?: string },
): Promise<string> {
  const { clients, stackName, stackId, log, signal } = options;
  const link = consoleUrl(clients.target, { of: 'stack', stackId });
  const after = options.after ?? (await findLastBefore(options));
  const events = await followOperation({ ...options, after }).catch(
    async error => {
      if (signal?.aborted) await logRemaining(options, link);
      throw error;
    },
  );
  const last = events.findLast(({ ofStack }) => ofStack)!;
  if (last.status !== 'DELETE_COMPLETE') {
    throw new DeletionFailedError(
      `Stack ${stackName} is ${last.status}. Not deleted: ${
        listUndeleted(events).join('; ') || 'CloudFormation names no reason'
      }. Fix the cause, then delete the stack again (${link})`,
    );
  }
  log(`Stack ${stackName} is deleted`);
  return last.status;
}

/** Logs what is not deleted yet. It does not wait, and a failure is only logged. */
async function logRemaining(
  { clients, stackName, stackId, log }: DeletionInProgress,
  link: string,
): Promise<void> {
  log(
    `Cancelled here, but CloudFormation cannot cancel a deletion: it continues to delete ${stackName} (${link})`,
  );
  try {
    const left = await listStackResources({ clients, stackId });
    log(`Not deleted yet: ${left.map(toResourceText).join(', ') || 'nothing'}`);
  } catch (error) {
    log(`Could not list what is not deleted yet: ${(error as Error).message}`);
  }
}

/** Finds the last event before a deletion that another caller, or an earlier try, started. */
async function findLastBefore({
  clients,
  stackId,
  signal,
}: {
  clients: AwsClients;
  stackId: string;
  signal?: AbortSignal;
}): Promise<string | undefined> {
  const source = { clients, stackId, newestPage: true, signal };
  const events = await listEvents(source);
  // the deletion may have ended meanwhile, or its first event may not be listed yet
  const start = events.findLastIndex(
    ({ ofStack, status }) => ofStack && status === 'DELETE_IN_PROGRESS',
  );
  return start >= 0
    ? events[Math.max(start - 1, 0)].id
    : events.findLast(
        ({ ofStack, status }) => ofStack && !status.startsWith('DELETE_'),
      )?.id;
}
