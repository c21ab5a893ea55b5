import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { isEnded, lookUpState } from '@data-lake/plugin-data-lake-common';
import {
  AwsClients,
  invokeRestApi,
  Heartbeat,
  Patience,
  pauses,
} from '@data-lake/aws';
import { Dag } from '../../services/mwaa/airflow';
import { listDagRuns } from '../../services/mwaa/runs';
import { dagRunState } from '../../services/mwaa/status';
import { readMwaaEnvironment } from '../preflight/mwaaEnvironment';

/** A DAG of an environment's Airflow, and how long its runs are waited for. */
export interface RunningDag {
  clients: AwsClients;
  /** Name of the MWAA environment. */
  environment: string;
  dagId: string;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** 60 where absent. */
  timeoutMinutes?: number;
}

/**
 * Waits until no run of a DAG is under way, and pauses it. In this order: Airflow schedules nothing more
 * of a paused DAG, so that a run under way would never come to the task that ends its cluster.
 *
 * An Airflow that does not answer, or lets nobody in, keeps nothing from going: the log says so.
 *
 * @throws ConflictError where a run goes on for longer; ServiceUnavailableError where Airflow stops to
 * answer while one does
 */
export async function letRunsEnd(dag: RunningDag): Promise<void> {
  const running = await unlessClosed(dag, async () => {
    const listRunning = await toListRunning(dag);
    return { listRunning, first: await listRunning() };
  });
  if (!running) return;
  let runs = running.first;
  do {
    if (runs.length > 0) await waitForRuns(dag, runs, running.listRunning);
    if (!(await unlessClosed(dag, () => setPaused(dag, true)))) return;
    // one may have begun just before
    runs = await running.listRunning();
    if (runs.length > 0) await setPaused(dag, false);
  } while (runs.length > 0);
  dag.log(`Paused DAG ${dag.dagId}`);
}

/** What was asked, or undefined, told in the log, where Airflow cannot be asked that. */
async function unlessClosed<T extends {}>(
  dag: RunningDag,
  ask: () => Promise<T>,
): Promise<T | undefined> {
  const { dagId, environment, log, signal } = dag;
  try {
    return await ask();
  } catch (error) {
    if (signal?.aborted) throw error;
    log(
      error instanceof NotFoundError
        ? `Airflow of ${environment} has no DAG ${dagId}, and so no run of it`
        : `DAG ${dagId} is not paused, and no run of it waited for: ${
            (error as Error).message
          }`,
    );
    return undefined;
  }
}

async function waitForRuns(
  dag: RunningDag,
  first: string[],
  listRunning: () => Promise<string[]>,
): Promise<void> {
  const { dagId, log, signal, timeoutMinutes = 60 } = dag;
  const deadline = Date.now() + timeoutMinutes * 60_000;
  const heart = new Heartbeat(log);
  const patience = new Patience(log);
  const tell = (runs: string[]) => `${runs.join(', ')} of DAG ${dagId}`;
  log(`Waiting for run ${tell(first)} to end. Stop it to go on at once`);
  for (const pause of pauses()) {
    const { got: runs } = (await patience.tryTo(listRunning)) ?? { got: first };
    if (runs.length === 0) return;
    if (Date.now() > deadline) {
      throw new ConflictError(
        `Nothing was deleted: run ${tell(
          runs,
        )} has not ended in ${timeoutMinutes} minutes. Stop it, resume the DAG where it is paused, and run this again`,
      );
    }
    heart.beat(() => `Still waiting for run ${tell(runs)}`);
    await sleep(pause, undefined, { signal });
  }
}

/** https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html, `PATCH /dags/{dag_id}` */
async function setPaused(dag: RunningDag, paused: boolean): Promise<Dag> {
  const { clients, environment, dagId, signal } = dag;
  return Dag.parse(
    await invokeRestApi(clients, {
      environment,
      method: 'PATCH',
      path: `/dags/${dagId}`,
      query: { update_mask: 'is_paused' },
      body: { is_paused: paused },
      signal,
    }),
  );
}

/** What lists the ids of the runs that are under way. */
async function toListRunning(
  dag: RunningDag,
): Promise<() => Promise<string[]>> {
  const { clients, environment, dagId, signal } = dag;
  const { airflowVersion: version } = await readMwaaEnvironment({
    clients,
    name: environment,
    signal,
  });
  return async () => {
    const runs = await listDagRuns(
      {
        clients,
        signal: signal ?? new AbortController().signal,
        since: new Date(),
      },
      { environment, dagId, version },
    );
    return runs
      .filter(({ state }) => !isEnded(lookUpState(dagRunState, state)))
      .map(({ dag_run_id }) => dag_run_id);
  };
}
