/** A request to the REST API of an environment's Airflow. @public */
export interface RestApiRequest {
  /** Name of the MWAA environment. */
  environment: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Without `/api/vN`: MWAA routes to v1 (Airflow 2) or v2 (Airflow 3). 64 characters at most. */
  path: string;
  query?: Record<string, string | number | boolean>;
  body?: unknown;
  signal?: AbortSignal;
}
