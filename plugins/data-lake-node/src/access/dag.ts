import { isSameRef } from '@data-lake/plugin-data-lake-common';
/** The main stack of an environment. */
export const mainStack = 'foundations';

/** What Airflow says of a DAG, as far as it tells whose it is. */
export interface DagOrigin {
  dag_id: string;
  /** Path of its file on the workers. */
  fileloc?: string | null;
  tags?: { name: string }[] | null;
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
 * Tells whether a DAG of an Airflow, which several teams may share, is an environment's: its id and its
 * folder are `P-E`, or an Airflow tag names the entity. What a stack's outputs say does not count.
 */
export function isOwnDag(
  { dag_id: dagId, fileloc, tags }: DagOrigin,
  { entityRef, prefix }: { entityRef: string; prefix: string | undefined },
): boolean {
  if (tags?.some(({ name }) => isSameRef(name, entityRef))) return true;
  if (prefix === undefined || dagId !== prefix) return false;
  const folders = (fileloc ?? '').split('/').slice(0, -1);
  return folders.includes(prefix);
}
