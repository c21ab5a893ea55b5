import { NotAllowedError } from '@backstage/errors';
import { isOwnDag } from '../../access/dag';
import { ObserveContext } from '../adapter';
import { Dag } from './airflow';
import { getDag } from './dag';

/**
 * Gets a DAG of an environment, and refuses one that is another's: an Airflow may be shared.
 *
 * @param dag - `prefix`: `P-E` of the environment, as the names of its own stacks tell it
 * @throws NotFoundError if Airflow does not know it; NotAllowedError if it is not the environment's
 * @public
 */
export async function getOwnDag(
  context: Pick<ObserveContext, 'clients' | 'signal'>,
  dag: {
    /** Name of the MWAA environment. */
    environment: string;
    dagId: string;
    entityRef: string;
    prefix: string | undefined;
  },
): Promise<Dag> {
  const found = await getDag(context, dag);
  if (isOwnDag(found, dag.prefix)) return found;
  throw new NotAllowedError(toForeignDagReason(found, dag));
}

/** Says why a DAG is not the environment's, and what to do. */
export function toForeignDagReason(
  { dag_id: dagId, fileloc }: Pick<Dag, 'dag_id' | 'fileloc'>,
  { entityRef, prefix }: { entityRef: string; prefix: string | undefined },
): string {
  const remedy = prefix
    ? `deploy it: its file must be in ${prefix}/ of the folder of all DAGs`
    : 'add the ARN of the stack <project>-<environment>-foundations to the annotation';
  return `DAG ${dagId} of ${
    fileloc ?? 'an unknown file'
  } is not read: it does not belong to ${entityRef}. To own it, ${remedy}`;
}
