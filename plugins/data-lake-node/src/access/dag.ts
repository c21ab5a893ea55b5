/** The main stack of an environment. */
export const mainStack = 'foundations';

/** What Airflow says of a DAG, as far as it tells whose it is. */
export interface DagOrigin {
  dag_id: string;
  /** Path of its file on the workers. */
  fileloc?: string | null;
}

/**
 * Finds `P-E` in the names of an environment's own stacks: that of its foundations stack, which exists once
 * in an account and region. It names the DAG, its folder and everything else of the environment.
 *
 * @param stacks - stacks that are the entity's by their tags
 */
export function findOwnPrefix(
  stacks: readonly { name: string }[],
): string | undefined {
  const suffix = `-${mainStack}`;
  const main = stacks.find(({ name }) => name.endsWith(suffix));
  return main?.name.slice(0, -suffix.length);
}

/**
 * Tells whether a DAG of an Airflow, which several teams may share, is an environment's: its id is `P-E`, and so
 * is the folder of its file. What its code says, such as a tag, and what a stack's outputs say do not count.
 */
export function isOwnDag(
  { dag_id: dagId, fileloc }: DagOrigin,
  prefix: string | undefined,
): boolean {
  return dagId === prefix && isInDagFolder(fileloc, prefix);
}

/**
 * Tells whether a file is an environment's: `P-E` is the first folder below the folder of all DAGs, which MWAA
 * keeps in `/usr/local/airflow/dags`. Folders further down are named by whom the first one belongs to.
 *
 * @param path - absolute, or below the folder of all DAGs, as Airflow 3 gives those of import errors
 */
export function isInDagFolder(
  path: string | null | undefined,
  prefix: string,
): boolean {
  const names = (path ?? '').split('/');
  const below = names[0] === '' ? names.indexOf('dags') + 1 : 0;
  return names[below] === prefix && names.length > below + 1;
}
