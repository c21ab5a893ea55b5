import { NotFoundError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClients, getMwaaEnvironment, invokeRestApi } from '@data-lake/aws';
import * as z from 'zod';
import { getDag } from './dag';
import { explainAbort } from './explainAbort';
import { toDagPath } from './toDagPath';

/** @public */
export interface DagRunRequest {
  /** Name of the MWAA environment. */
  environment: string;
  dagId: string;
  /** Chosen by the caller: Airflow starts one run for each id, however often it is requested. */
  runId: string;
  conf: Record<string, unknown>;
  signal?: AbortSignal;
  /** Pause between tries while the DAG is new; optional, default 2,000. */
  pauseMs?: number;
}

/**
 * Starts a DAG run once: if a run of this id exists already, that is success.
 *
 * @returns the run id
 * @throws NotFoundError if Airflow does not know the DAG, or knows it and cannot run it yet; NotAllowedError,
 * InputError by Airflow's own answer; ServiceUnavailableError if it fails or takes too long
 * @see https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html
 * @public
 */
export function startDagRun(
  clients: AwsClients,
  request: DagRunRequest,
): Promise<string> {
  const { dagId, signal } = request;
  const what = `Starting a run of DAG ${dagId}`;
  return explainAbort({ signal, what, late: lateStart }, () =>
    startWhileNew(clients, request),
  );
}

/** What to do if the answer did not come in time. */
export const lateStart =
  'It may start all the same: look at the runs before you try again';

/** Tries while the DAG is new. */
const mostTries = 3;

/**
 * Airflow lists a new DAG some seconds before it can run it; until then it answers 404 and starts nothing. A
 * DAG that it does not list is not waited for: that may take minutes.
 */
async function startWhileNew(
  clients: AwsClients,
  request: DagRunRequest,
): Promise<string> {
  const { environment, dagId, runId, pauseMs = 2_000 } = request;
  const { signal = new AbortController().signal } = request;
  const { airflowVersion } = await getMwaaEnvironment(
    clients,
    environment,
    signal,
  );
  for (let left = mostTries; left > 0; left--) {
    try {
      return await start(clients, request, airflowVersion);
    } catch (error) {
      const { name } = error as Error;
      if (name === 'ConflictError') return runId;
      if (name !== 'NotFoundError') throw error;
      await getDag({ clients, signal }, { environment, dagId });
    }
    await sleep(pauseMs, undefined, { signal });
  }
  throw new NotFoundError(
    `Airflow lists DAG ${dagId} and cannot run it yet. Try again in a minute`,
  );
}

async function start(
  clients: AwsClients,
  { environment, dagId, runId, conf, signal }: DagRunRequest,
  airflowVersion: string,
): Promise<string> {
  const answer = await invokeRestApi(clients, {
    environment,
    method: 'POST',
    path: toDagPath(dagId, '/dagRuns'),
    body: {
      dag_run_id: runId,
      conf,
      // Airflow 3 requires the key; Airflow 2 refuses null.
      ...(!/^[12]\./.test(airflowVersion) && { logical_date: null }),
    },
    signal,
  });
  return StartedDagRun.parse(answer).dag_run_id;
}

const StartedDagRun = z.object({ dag_run_id: z.string() });
