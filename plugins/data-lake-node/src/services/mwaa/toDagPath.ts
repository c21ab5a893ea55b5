import { InputError } from '@backstage/errors';

/** Airflow's own rule for ids; `~` would mean all DAGs, and dots alone would leave the folder. */
const dagIdPattern = /^(?!\.+$)[\p{L}\p{N}_.-]{1,250}$/u;

/**
 * Makes the REST path of a DAG, such as `/dags/movielens-demo/details`.
 *
 * @throws InputError if the id is none that Airflow knows
 * @see https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html
 */
export function toDagPath(
  dagId: string,
  rest: '' | '/details' | '/dagRuns' = '',
): string {
  if (dagIdPattern.test(dagId)) {
    return `/dags/${encodeURIComponent(dagId)}${rest}`;
  }
  throw new InputError(
    `'${dagId}' is not the id of a DAG: letters, digits, dashes, dots and underscores`,
  );
}
