import { NotFoundError } from '@backstage/errors';
import { getOwnDag } from '../../services/mwaa/getOwnDag';
import { setDagPaused } from '../../services/mwaa/setDagPaused';
import { ProjectOptions } from './projectOptions';

/**
 * Lets Airflow schedule the DAG of an environment that is deployed again: an earlier deletion has paused it, and
 * Airflow keeps that. Called while the DAG has no files, it starts nothing; a new DAG is not known to Airflow yet.
 *
 * An Airflow that does not answer does not stop the deployment: the log says what to do.
 */
export async function resumeDag(
  options: Pick<ProjectOptions, 'clients' | 'files' | 'log' | 'signal'>,
): Promise<void> {
  const { clients, files, log, signal } = options;
  const { mwaaEnvironment: environment, dagId, entity } = files.deployment;
  const dag = { clients, environment, dagId, signal };
  try {
    const { is_paused } = await getOwnDag(
      { clients, signal: signal ?? new AbortController().signal },
      { environment, dagId, entityRef: entity, prefix: dagId },
    );
    if (!is_paused) return;
    await setDagPaused(dag, false);
    log(`Unpaused DAG ${dagId}, which an earlier deletion had paused`);
  } catch (error) {
    if (signal?.aborted) throw error;
    if (error instanceof NotFoundError) return;
    log(
      `Whether DAG ${dagId} is paused is unknown: ${
        (error as Error).message
      }. If it is, unpause it in Airflow`,
    );
  }
}
