import { AwsClients, invokeRestApi } from '@data-lake/aws';
import { Dag } from './airflow';
import { toDagPath } from './toDagPath';

/**
 * Pauses a DAG, or lets Airflow schedule it again.
 *
 * @see https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html, `PATCH /dags/{dag_id}`
 */
export async function setDagPaused(
  options: {
    clients: AwsClients;
    /** Name of the MWAA environment. */
    environment: string;
    dagId: string;
    signal?: AbortSignal;
  },
  paused: boolean,
): Promise<Dag> {
  const { clients, environment, dagId, signal } = options;
  return Dag.parse(
    await invokeRestApi(clients, {
      environment,
      method: 'PATCH',
      path: toDagPath(dagId),
      query: { update_mask: 'is_paused' },
      body: { is_paused: paused },
      signal,
    }),
  );
}
