import { NotFoundError } from '@backstage/errors';
import { findImportError, getDag } from '../../services/mwaa/dag';
import { failed, passed, ProjectCheck, unknown } from '../checkOutcome';

/** Airflow has parsed the DAG, without import errors. */
export const dag: ProjectCheck = {
  id: 'dag',
  title: 'Airflow has imported the DAG',
  async look({ clients, files, signal }) {
    const { dagId, mwaaEnvironment: environment } = files.deployment;
    const asking = { clients, signal: signal ?? new AbortController().signal };
    const airflow = { environment, dagId };
    const error = await findImportError(asking, airflow);
    if (error) {
      return failed(
        `Airflow cannot import it: ${error}`,
        'Mend the file, and deploy',
      );
    }
    const found = await getDag(asking, airflow).catch(cause => {
      if (cause instanceof NotFoundError) return undefined;
      throw cause;
    });
    if (!found) {
      return unknown(
        `Airflow of ${environment} does not know ${dagId} yet`,
        'A new DAG takes up to five minutes to appear: verify again then',
      );
    }
    if (found.has_import_errors) {
      return failed(
        `Airflow could not import the newest version of ${dagId}`,
        'See its import errors in Airflow',
      );
    }
    return passed(`${dagId}${found.is_paused ? ', paused' : ''}`);
  },
};
