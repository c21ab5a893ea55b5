import { GetEnvironmentCommand } from '@aws-sdk/client-mwaa';
import { z } from 'zod';
import { AwsClients, calling, invokeRestApi } from '../../aws';

/** @public */
export interface DagRunRequest {
  /** Name of the MWAA environment. */
  environment: string;
  dagId: string;
  /** Chosen by the caller: asked twice for the same one, Airflow starts it once. */
  runId: string;
  conf: Record<string, unknown>;
  signal?: AbortSignal;
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
  try {
    const answer = await invokeRestApi(clients, {
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
    return Triggered.parse(answer).dag_run_id;
  } catch (error) {
    if ((error as Error).name === 'ConflictError') return runId;
    throw error;
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
