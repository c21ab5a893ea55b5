import { NotFoundError } from '@backstage/errors';
import { ObservedResource, Schedule } from '@data-lake/plugin-data-lake-common';
import { isInDagFolder } from '../../access/dag';
import { ObserveContext } from '../adapter';
import { toTimestamp } from '../toTimestamp';
import { askAirflow, Dag, ImportErrors } from './airflow';
import { Airflow } from './runs';
import { toDagPath } from './toDagPath';

type RequestContext = Pick<ObserveContext, 'clients' | 'signal'>;

/**
 * Gets a DAG.
 *
 * @throws NotFoundError if Airflow does not know it, which takes up to five minutes to find a new one
 */
export async function getDag(
  context: RequestContext,
  { environment, dagId }: Pick<Airflow, 'environment' | 'dagId'>,
): Promise<Dag> {
  const path = toDagPath(dagId, '/details');
  try {
    return await askAirflow(context, { environment, method: 'GET', path }, Dag);
  } catch (error) {
    if ((error as Error).name !== 'NotFoundError') throw error;
    throw new NotFoundError(
      `Airflow does not know DAG ${dagId} yet: it finds a new one within five minutes. If it does not, deploy again, and see the import errors in Airflow`,
    );
  }
}

/** Finds the reason why Airflow could not import a file of this DAG's folder: the last line of the trace. */
export async function findImportError(
  context: RequestContext,
  airflow: Pick<Airflow, 'environment' | 'dagId'>,
): Promise<string | undefined> {
  const { import_errors } = await askAirflow(
    context,
    {
      environment: airflow.environment,
      method: 'GET',
      path: '/importErrors',
      query: { limit: 100 },
    },
    ImportErrors,
  );
  const own = import_errors.find(({ filename }) =>
    isInDagFolder(filename, airflow.dagId),
  );
  const reason = own?.stack_trace.trim().split('\n').pop();
  return own && `${own.filename}: ${reason || 'import failed'}`;
}

/** @param dag - absent: Airflow does not know it */
export function toDagResource(
  airflow: Airflow,
  dag: Dag | undefined,
  importError: string | undefined,
): ObservedResource {
  return {
    service: 'mwaa',
    type: 'AWS::MWAA::DAG',
    id: airflow.dagId,
    name: airflow.dagId,
    ...toState(dag, importError),
    facts: dag
      ? [
          { label: 'Schedule', text: toDescription(dag) ?? 'by hand' },
          { label: 'Paused', text: dag.is_paused ? 'yes' : 'no' },
        ]
      : [],
    updatedAt: toTimestamp(dag?.last_parsed_time),
    consoleUrl:
      airflow.webServer &&
      `${airflow.webServer}/dags/${encodeURIComponent(airflow.dagId)}`,
  };
}

function toState(dag: Dag | undefined, importError: string | undefined) {
  if (importError || dag?.has_import_errors) {
    return {
      health: 'failed' as const,
      status: 'import error',
      reason: importError ?? 'Airflow could not import its newest version',
    };
  }
  if (!dag) {
    return {
      // A new DAG is not found for some minutes either: not found is not gone.
      health: 'unknown' as const,
      status: 'not found',
      reason:
        'Airflow does not know this DAG; a new one takes up to five minutes',
    };
  }
  if (dag.is_stale || dag.is_active === false) {
    return {
      health: 'failed' as const,
      status: 'gone',
      reason:
        'Airflow does not find the file of this DAG any more, so nothing runs it. Deploy again; Airflow finds it within five minutes',
    };
  }
  return {
    health: 'healthy' as const,
    status: dag.is_paused ? 'paused' : 'active',
  };
}

export function toSchedule(dag: Dag): Schedule {
  return {
    dagId: dag.dag_id,
    paused: dag.is_paused ?? false,
    description: toDescription(dag),
    nextAt: toTimestamp(
      dag.next_dagrun_run_after ?? dag.next_dagrun_create_after,
    ),
  };
}

/** Airflow describes a schedule of null as "Never, external triggers only". */
function toDescription(dag: Dag): string | undefined {
  const scheduled = dag.timetable_summary ?? dag.schedule_interval;
  if (!scheduled) return undefined;
  return dag.timetable_description ?? dag.timetable_summary ?? undefined;
}
