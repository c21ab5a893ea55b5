import { Environment, GetEnvironmentCommand } from '@aws-sdk/client-mwaa';
import { Resource } from '@data-lake/plugin-data-lake-common';
import {
  Observation,
  ObserveContext,
  ServiceAdapter,
  StackResource,
} from '../adapter';
import { known } from '../known';
import { reading } from '../reading';
import { findOutput, findPrefix, listResources } from '../stackIndex';
import { toTimestamp } from '../timestamp';
import { findImportError, getDag, toDagResource, toSchedule } from './dag';
import { Airflow, listDagRuns, listTaskInstances, toTrace } from './runs';
import { environmentHealth, hasWebServer } from './status';

/** The MWAA environment, the DAG, its newest runs and their tasks. */
export const mwaa = {
  id: 'mwaa',
  resourceTypes: ['AWS::MWAA::Environment'],
  async observe(context): Promise<Observation> {
    const read = reading(context, 'mwaa');
    const named = findEnvironment(context);
    if (!named) return { resources: [], traces: [], problems: [] };

    let environment: Environment = {};
    const resource = await read.describe(
      named,
      {
        what: `reading MWAA environment ${named.id}`,
        action: 'airflow:GetEnvironment',
      },
      async () => {
        environment = await getEnvironment(context, named.id);
        return toState(environment);
      },
    );
    const resources = [resource];
    const dagId =
      findOutput(context.stacks, 'DagId') ?? findPrefix(context.stacks);
    if (!dagId || !mayAnswer(environment.Status)) {
      return { resources, traces: [], problems: read.problems };
    }
    const airflow: Airflow = {
      environment: named.id,
      dagId,
      version: environment.AirflowVersion ?? '3',
      webServer: toWebServer(environment.WebserverUrl),
    };
    const observed = await observeAirflow(context, airflow, read);
    return {
      ...observed,
      resources: [...resources, ...observed.resources],
      problems: read.problems,
    };
  },
} satisfies ServiceAdapter;

/** In a status that is not known nothing is asked. */
function mayAnswer(status: string | undefined): boolean {
  return (
    status !== undefined &&
    Object.hasOwn(hasWebServer, status) &&
    hasWebServer[status as keyof typeof hasWebServer]
  );
}

/** The stacks make it, or they name one that was there before. */
function findEnvironment({
  stacks,
}: ObserveContext): StackResource | undefined {
  const [own] = listResources(stacks, mwaa.resourceTypes);
  if (own) return own;
  const id = findOutput(stacks, 'MwaaEnvironmentName');
  return id
    ? { id, type: 'AWS::MWAA::Environment', logicalId: id, status: '' }
    : undefined;
}

/** https://docs.aws.amazon.com/mwaa/latest/API/API_GetEnvironment.html */
async function getEnvironment(
  context: ObserveContext,
  name: string,
): Promise<Environment> {
  const found = await context.clients.mwaa.send(
    new GetEnvironmentCommand({ Name: name }),
    { abortSignal: context.signal },
  );
  return found.Environment ?? {};
}

function toState(environment: Environment) {
  const update = environment.LastUpdate;
  return {
    name: environment.Name,
    health: known(environmentHealth, environment.Status),
    status: environment.Status ?? 'unknown',
    reason: update?.Error?.ErrorMessage,
    facts: [
      { label: 'Airflow', text: environment.AirflowVersion ?? 'unknown' },
      { label: 'Class', text: environment.EnvironmentClass ?? 'unknown' },
    ],
    updatedAt: toTimestamp(update?.CreatedAt ?? environment.CreatedAt),
  };
}

/** MWAA tells a host without scheme, and so does a local one, which has no TLS. */
function toWebServer(url: string | undefined): string | undefined {
  if (!url) return undefined;
  if (/^https?:\/\//.test(url)) return url.replace(/\/$/, '');
  const scheme = /^(127\.|localhost)/.test(url) ? 'http' : 'https';
  return `${scheme}://${url}`;
}

async function observeAirflow(
  context: ObserveContext,
  airflow: Airflow,
  { attempt, problems }: ReturnType<typeof reading>,
): Promise<Observation> {
  const doing = (what: string) => ({
    what: `${what} of DAG ${airflow.dagId} in MWAA environment ${airflow.environment}`,
    action: 'airflow:InvokeRestApi',
  });
  const [importError, dag] = await Promise.all([
    attempt(doing('reading import errors'), () =>
      findImportError(context, airflow),
    ),
    // Not found is an answer here: the file was not picked up yet.
    attempt(doing('reading details'), () =>
      getDag(context, airflow).catch((error: Error) => {
        if (error.name === 'NotFoundError') return null;
        throw error;
      }),
    ),
  ]);
  const resources: Resource[] =
    dag === undefined
      ? []
      : [toDagResource(airflow, dag ?? undefined, importError)];
  const runs = dag
    ? await attempt(doing('listing runs'), () => listDagRuns(context, airflow))
    : undefined;
  const tasks = await attempt(doing('listing tasks'), () =>
    listTaskInstances(context, airflow, runs ?? []),
  );
  return {
    resources,
    traces: (runs ?? []).map(run => toTrace(airflow, run, tasks ?? [])),
    problems,
    schedule: dag ? toSchedule(dag) : undefined,
  };
}
