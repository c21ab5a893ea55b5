import { ConflictError, NotFoundError } from '@backstage/errors';
import { isEnded, lookUpState } from '@data-lake/plugin-data-lake-common';
import { AwsClients, getMwaaEnvironment, poll } from '@data-lake/aws';
import { getOwnDag } from '../../services/mwaa/getOwnDag';
import { listDagRuns } from '../../services/mwaa/runs';
import { setDagPaused } from '../../services/mwaa/setDagPaused';
import { dagRunState } from '../../services/mwaa/status';

/** A DAG of an environment's Airflow, and the limit of the wait for its runs. */
export interface DrainOptions {
  clients: AwsClients;
  /** Name of the MWAA environment. */
  environment: string;
  dagId: string;
  /** Entity that the DAG must belong to. */
  entityRef: string;
  /** `P-E` of the entity's environment. */
  prefix: string;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Optional, default 60. */
  timeoutMinutes?: number;
}

/**
 * Waits until no run of a DAG is active, and then pauses the DAG. In this order: Airflow schedules no further
 * task of a paused DAG, so that an active run would never reach the task that terminates its cluster.
 *
 * An Airflow that does not answer, or denies access, does not stop the deletion: the log says so.
 *
 * @returns whether the DAG is paused
 * @throws ConflictError if a run stays active for too long
 * @throws ServiceUnavailableError if Airflow stops answering during the wait
 */
export async function drainDag(options: DrainOptions): Promise<boolean> {
  const active = await unlessUnreachable(options, async () => {
    await getOwnDag({ ...options, signal: toSignal(options) }, options);
    const listActive = await toListActiveRuns(options);
    return { listActive, runs: await listActive() };
  });
  if (!active) return false;
  const { listActive } = active;
  let { runs } = active;
  do {
    if (runs.length > 0) await waitForRuns(options, runs, listActive);
    const paused = await unlessUnreachable(options, () =>
      setDagPaused(options, true),
    );
    if (!paused) return false;
    // a run may have started just before the pause
    runs = await listActive();
    if (runs.length > 0) await setDagPaused(options, false);
  } while (runs.length > 0);
  options.log(`Paused DAG ${options.dagId}`);
  return true;
}

/** Asks Airflow; undefined, with a line in the log, if Airflow does not answer or denies access. */
async function unlessUnreachable<T extends {}>(
  { dagId, environment, log, signal }: DrainOptions,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (signal?.aborted) throw error;
    log(
      error instanceof NotFoundError
        ? `Airflow of ${environment} has no DAG ${dagId}, so it has no runs`
        : `DAG ${dagId} was not paused, and its runs were not waited for: ${
            (error as Error).message
          }`,
    );
    return undefined;
  }
}

async function waitForRuns(
  options: DrainOptions,
  first: string[],
  listActive: () => Promise<string[]>,
): Promise<void> {
  const { dagId, log, signal, timeoutMinutes = 60 } = options;
  const describe = (runs = first) => `run ${runs.join(', ')} of DAG ${dagId}`;
  log(`Waiting for ${describe()} to end. To continue at once, stop it`);
  await poll({
    ask: listActive,
    first,
    until: runs => runs.length === 0,
    deadline: Date.now() + timeoutMinutes * 60_000,
    describe,
    toTimeoutError: runs =>
      new ConflictError(
        `Nothing was deleted: ${describe(
          runs,
        )} has not ended within ${timeoutMinutes} minutes. Stop it, unpause the DAG if it is paused, then run this again`,
      ),
    signal,
    log,
  });
}

/** Returns a function that lists the ids of the active runs. An unknown state counts as active. */
async function toListActiveRuns(
  options: DrainOptions,
): Promise<() => Promise<string[]>> {
  const { clients, environment, dagId } = options;
  const signal = toSignal(options);
  const { airflowVersion: version } = await getMwaaEnvironment(
    clients,
    environment,
    options.signal,
  );
  return async () => {
    const runs = await listDagRuns(
      { clients, signal, since: new Date() },
      { environment, dagId, version },
    );
    return runs
      .filter(({ state }) => !isEnded(lookUpState(dagRunState, state)))
      .map(({ dag_run_id }) => dag_run_id);
  };
}

const toSignal = ({ signal }: Pick<DrainOptions, 'signal'>) =>
  signal ?? new AbortController().signal;
