import { NotFoundError } from '@backstage/errors';
import { findImportError, getDag } from '../../services/mwaa/dag';
import { failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';

/** Airflow has parsed the DAG, without import errors. */
export const dagCheck: ProjectCheck = {
  id: 'dag',
  title: 'Airflow has imported the DAG',
  async run({ clients, files, signal = new AbortController().signal }) {
    const { dagId, mwaaEnvironment: environment } = files.deployment;
    const airflow = { environment, dagId };
    const error = await findImportError({ clients, signal }, airflow);
    if (error) {
      return failed(
        `Airflow cannot import it: ${error}`,
        'Fix the file, then deploy',
      );
    }
    const dag = await getDag({ clients, signal }, airflow).catch(cause => {
      if (cause instanceof NotFoundError) return undefined;
      throw cause;
    });
    if (!dag) {
      return unknown(
        `Airflow of ${environment} does not list ${dagId} yet`,
        'A new DAG takes up to five minutes to appear: verify again then',
      );
    }
    if (dag.has_import_errors) {
      return failed(
        `Airflow could not import the newest version of ${dagId}`,
        'See its import errors in Airflow',
      );
    }
    return passed(`${dagId}${dag.is_paused ? ', paused' : ''}`);
  },
};
