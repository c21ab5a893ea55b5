import { setTimeout as sleep } from 'node:timers/promises';
import { GetEnvironmentCommand } from '@aws-sdk/client-mwaa';
import * as z from 'zod';
import { AwsClients, calling, invokeRestApi } from '@data-lake/aws';

/** @public */
export interface DagRunRequest {
  /** Name of the MWAA environment. */
  environment: string;
  dagId: string;
  /** Chosen by the caller: asked twice for the same one, Airflow starts it once. */
  runId: string;
  conf: Record<string, unknown>;
  signal?: AbortSignal;
  /** Between tries while the DAG is new; 2,000 unless told. */
  pauseMs?: number;
}

/**
 * Starts a DAG run, once: a run of this id that is there already is success.
 *
 * @returns the run id
 * @throws NotFoundError where Airflow does not know the DAG; NotAllowedError, ServiceUnavailableError
 * @see https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html
 * @public
 */
export async function triggerDagRun(
  clients: AwsClients,
  request: DagRunRequest,
): Promise<string> {
  const { environment, dagId, runId, conf, signal } = request;
  const version = await readAirflowVersion(clients, request);
  const trigger = () =>
    invokeRestApi(clients, {
      environment,
      method: 'POST',
      path: `/dags/${dagId}/dagRuns`,
      body: {
        dag_run_id: runId,
        conf,
        // Airflow 3 wants the key; Airflow 2 refuses null.
        ...(!/^[12]\./.test(version) && { logical_date: null }),
      },
      signal,
    });
  try {
    return Triggered.parse(await whileNew(trigger, request)).dag_run_id;
  } catch (error) {
    if ((error as Error).name === 'ConflictError') return runId;
    throw error;
  }
}

/**
 * Airflow lists a new DAG some seconds before it can run it, and answers 404 till then, having
 * started nothing.
 */
async function whileNew<T>(
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

const Triggered = z.object({ dag_run_id: z.string() });

async function readAirflowVersion(
  clients: AwsClients,
  { environment, signal }: DagRunRequest,
): Promise<string> {
  const found = await calling(
    {
      what: `reading MWAA environment ${environment}`,
      action: 'airflow:GetEnvironment',
    },
    () =>
      clients.mwaa.send(new GetEnvironmentCommand({ Name: environment }), {
        abortSignal: signal,
      }),
  );
  return found.Environment?.AirflowVersion ?? '3';
}
