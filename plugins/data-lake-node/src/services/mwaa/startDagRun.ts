import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { AwsClients, getMwaaEnvironment, invokeRestApi } from '@data-lake/aws';
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
 * @throws NotFoundError if Airflow does not know the DAG; NotAllowedError, ServiceUnavailableError
 * @see https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html
 * @public
 */
export async function startDagRun(
  clients: AwsClients,
  request: DagRunRequest,
): Promise<string> {
  const { environment, dagId, runId, conf, signal } = request;
  const { airflowVersion } = await getMwaaEnvironment(
    clients,
    environment,
    signal,
  );
  const start = () =>
    invokeRestApi(clients, {
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
  try {
    return StartedDagRun.parse(await retryWhileNew(start, request)).dag_run_id;
  } catch (error) {
    if ((error as Error).name === 'ConflictError') return runId;
    throw error;
  }
}

/**
 * Airflow lists a new DAG some seconds before it can run it. Until then it answers 404 and starts
 * nothing.
 */
async function retryWhileNew<T>(
  call: () => Promise<T>,
  { pauseMs = 2_000, signal }: DagRunRequest,
): Promise<T> {
  for (let left = 10; ; left--) {
    try {
      return await call();
    } catch (error) {
      if ((error as Error).name !== 'NotFoundError' || left === 0) throw error;
      await sleep(pauseMs, undefined, { signal });
    }
  }
}

const StartedDagRun = z.object({ dag_run_id: z.string() });
