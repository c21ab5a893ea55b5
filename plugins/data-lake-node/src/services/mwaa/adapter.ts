import { getMwaaEnvironment, MwaaEnvironmentState } from '@data-lake/aws';
import { findOwnPrefix, isOwnDag } from '../../access/dag';
import {
  lookUpState,
  ObservedResource,
} from '@data-lake/plugin-data-lake-common';
import {
  ListedResource,
  ObserveContext,
  ServiceAdapter,
  ServiceObservation,
} from '../adapter';
import { AdapterReader } from '../AdapterReader';
import { findOutput, listResources } from '../stackIndex';
import { toTimestamp } from '../toTimestamp';
import { findImportError, getDag, toDagResource, toSchedule } from './dag';
import { toForeignDagReason } from './getOwnDag';
import { Airflow, listDagRuns, listTaskInstances, toRunPart } from './runs';
import { environmentHealth, hasWebServer } from './status';

/** The MWAA environment, the DAG, its newest runs and their tasks. */
export const mwaa = {
  id: 'mwaa',
  resourceTypes: ['AWS::MWAA::Environment'],
  async observe(context): Promise<ServiceObservation> {
    const reader = new AdapterReader(context, 'mwaa');
    const named = findEnvironment(context);
    if (!named) return { resources: [], parts: [], problems: [] };

    let environment: MwaaEnvironmentState | undefined;
    const resource = await reader.describe(
      named,
      {
        what: `reading MWAA environment ${named.id}`,
        action: 'airflow:GetEnvironment',
      },
      async () => {
        environment = await getMwaaEnvironment(
          context.clients,
          named.id,
          context.signal,
        );
        return toState(environment);
      },
    );
    const resources = [resource];
    const dagId = findOwnPrefix(context.stacks);
    if (!dagId || !environment || !mayAnswer(environment.status)) {
      return { resources, parts: [], problems: reader.problems };
    }
    const airflow: Airflow = {
      environment: named.id,
      dagId,
      version: environment.airflowVersion,
      webServer: environment.webserverUrl || undefined,
    };
    const observed = await observeAirflow(context, airflow, reader);
    return {
      ...observed,
      resources: [...resources, ...observed.resources],
      problems: reader.problems,
    };
  },
} satisfies ServiceAdapter;

/** An unknown status means no. */
function mayAnswer(status: string): boolean {
  return (
    Object.hasOwn(hasWebServer, status) &&
    hasWebServer[status as keyof typeof hasWebServer]
  );
}

/** The stacks create it, or name one that existed before. */
function findEnvironment({
  stacks,
}: ObserveContext): ListedResource | undefined {
  const [own] = listResources(stacks, mwaa.resourceTypes);
  if (own) return own;
  const id = findOutput(stacks, 'MwaaEnvironmentName');
  return id
    ? { id, type: 'AWS::MWAA::Environment', logicalId: id, status: '' }
    : undefined;
}

function toState(environment: MwaaEnvironmentState) {
  return {
    health: lookUpState(environmentHealth, environment.status),
    status: environment.status,
    reason: environment.updateError,
    facts: [
      { label: 'Airflow', text: environment.airflowVersion },
      { label: 'Class', text: environment.environmentClass },
    ],
    updatedAt: toTimestamp(environment.updatedAt),
  };
}

async function observeAirflow(
  context: ObserveContext,
  airflow: Airflow,
  reader: AdapterReader,
): Promise<ServiceObservation> {
  const doing = (what: string) => ({
    what: `${what} of DAG ${airflow.dagId} in MWAA environment ${airflow.environment}`,
    action: 'airflow:InvokeRestApi',
  });
  const [importError, dag] = await Promise.all([
    reader.attempt(doing('reading import errors'), () =>
      findImportError(context, airflow),
    ),
    // Not found is an answer here: Airflow has not picked up the file yet.
    reader.attempt(doing('reading details'), () =>
      getDag(context, airflow).catch((error: Error) => {
        if (error.name === 'NotFoundError') return null;
        throw error;
      }),
    ),
  ]);
  if (dag && !isOwnDag(dag, airflow.dagId)) {
    const message = toForeignDagReason(dag, {
      entityRef: context.entityRef,
      prefix: airflow.dagId,
    });
    reader.problems.push({ service: 'mwaa', health: 'denied', message });
    return { resources: [], parts: [], problems: reader.problems };
  }
  const resources: ObservedResource[] =
    dag === undefined
      ? []
      : [toDagResource(airflow, dag ?? undefined, importError)];
  const runs = dag
    ? await reader.attempt(doing('listing runs'), () =>
        listDagRuns(context, airflow),
      )
    : undefined;
  const tasks = await reader.attempt(doing('listing tasks'), () =>
    listTaskInstances(context, airflow, runs ?? []),
  );
  return {
    resources,
    parts: (runs ?? []).map(run => toRunPart(airflow, run, tasks ?? [])),
    problems: reader.problems,
    schedule: dag ? toSchedule(dag) : undefined,
  };
}
