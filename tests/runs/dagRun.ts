import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  isActive,
  isEnded,
  Run,
  Step,
} from '@data-lake/plugin-data-lake-common';
import { invokeRestApi } from '@data-lake/aws';
import {
  observeEnvironment,
  startDagRun,
} from '@data-lake/plugin-data-lake-node';
import { DataLake } from './dataLake';
import { clients, target } from './localAws';

/** Starts a run with InvokeRestApi, as the page does, as soon as Airflow knows the DAG. */
export async function startRun(
  lake: DataLake,
  conf: Record<string, unknown> = {},
): Promise<string> {
  const runId = toRunId();
  await eventually(`a run of ${lake.dagId} to start`, 180, () =>
    startDagRun(clients, {
      environment: lake.mwaaEnvironment,
      dagId: lake.dagId,
      runId,
      conf,
    }).catch(notYet),
  );
  return runId;
}

/** Returns a run id in our format, such as `20261122T124500-7f3a`. */
export function toRunId(): string {
  const digits = new Date().toISOString().replace(/[-:]/g, '').slice(0, 15);
  return `${digits}-${randomBytes(2).toString('hex')}`;
}

/** Waits for the end of the run and returns it as on the page, when every service responds. */
export async function followRun(lake: DataLake, runId: string): Promise<Run> {
  await eventually(`run ${runId} of ${lake.dagId} to end`, 900, async () => {
    const run = await findRun(lake, runId);
    return run && !isActive(run) ? run : undefined;
  });
  // Responses from before Airflow's may be older than its own.
  return eventually(`all services to tell of run ${runId}`, 120, async () => {
    const { runs, problems } = await observe(lake);
    if (problems.length === 0) return runs.find(({ id }) => id === runId);
    console.warn(problems.map(({ message }) => message).join('\n'));
    return undefined;
  });
}

/** Waits until the step has this state, and returns it. */
export function followStep(
  lake: DataLake,
  runId: string,
  wanted: Partial<Step>,
): Promise<Step> {
  const what = `${JSON.stringify(wanted)} in ${runId}`;
  return eventually(what, 900, async () => {
    const run = await findRun(lake, runId);
    if (run && !isActive(run)) {
      throw new Error(`The run ended before: ${tell(run)}`);
    }
    return run?.steps.find(step => matches(step, wanted));
  });
}

export function findStep(run: Run, wanted: Partial<Step>): Step {
  const found = run.steps.find(step => matches(step, wanted));
  if (!found) throw new Error(`No ${JSON.stringify(wanted)} in ${tell(run)}`);
  return found;
}

const matches = (step: Step, wanted: Partial<Step>) =>
  Object.entries(wanted).every(([key, value]) => (step as any)[key] === value);

/** Returns the step that the page names as the cause. */
export function causeOf(run: Run): Step {
  const cause = run.steps.find(({ id }) => id === run.firstFailure);
  if (!cause) throw new Error(`No step is named as the cause: ${tell(run)}`);
  return cause;
}

/** Lists the steps of the run that are still running. */
export const leftRunning = (run: Run) =>
  run.steps.filter(step => !isEnded(step.state)).map(tellStep);

/** Formats each step with its state, for messages. */
export const tell = (run: Run) =>
  [run.state, ...run.steps.map(tellStep)].join('\n');

const tellStep = ({ kind, name, status, error }: Step) =>
  `${kind} ${name} ${status}${error ? ` ${error}` : ''}`;

/** Marks the run as failed, as a person does on Airflow's page. */
export async function markFailed(lake: DataLake, runId: string): Promise<void> {
  await invokeRestApi(clients, {
    environment: lake.mwaaEnvironment,
    method: 'PATCH',
    path: `/dags/${lake.dagId}/dagRuns/${runId}`,
    body: { state: 'failed' },
  });
}

/** Clears tasks of an ended run, so that they run again, as a person does on Airflow's page. */
export async function repeatTasks(
  lake: DataLake,
  runId: string,
  tasks: string[],
  { downstream = false } = {},
): Promise<void> {
  await invokeRestApi(clients, {
    environment: lake.mwaaEnvironment,
    method: 'POST',
    path: `/dags/${lake.dagId}/clearTaskInstances`,
    body: {
      dag_run_id: runId,
      task_ids: tasks,
      include_downstream: downstream,
      only_failed: false,
      reset_dag_runs: true,
      dry_run: false,
    },
  });
  await eventually(`run ${runId} of ${lake.dagId} to go on`, 120, async () => {
    const state = await readState(lake, runId);
    return state === 'queued' || state === 'running' ? state : undefined;
  });
}

/** The state of the run in Airflow's own word. */
export async function readState(
  lake: DataLake,
  runId: string,
): Promise<string> {
  const { state } = (await invokeRestApi(clients, {
    environment: lake.mwaaEnvironment,
    method: 'GET',
    path: `/dags/${lake.dagId}/dagRuns/${runId}`,
  })) as { state: string };
  return state;
}

async function findRun(
  lake: DataLake,
  runId: string,
): Promise<Run | undefined> {
  const { runs } = await observe(lake);
  return runs.find(run => run.id === runId);
}

const observe = (lake: DataLake) =>
  observeEnvironment({
    clients,
    environment: {
      name: lake.environment,
      ...target,
      stacks: [{ ...target, name: lake.stackName }],
    },
    entityRef: lake.entity,
    owner: lake.owner,
    since: new Date(Date.now() - 3_600_000),
    signal: AbortSignal.timeout(60_000),
  });

/** Polls every two seconds until there is a result. */
export async function eventually<T>(
  what: string,
  seconds: number,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  const end = Date.now() + seconds * 1_000;
  for (;;) {
    const found = await attempt();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for ${what}`);
    await sleep(2_000);
  }
}

/** Whether Airflow has not read the DAG yet, or is not running. */
function notYet(error: Error): undefined {
  const waits = ['NotFoundError', 'ServiceUnavailableError', 'InputError'];
  if (!waits.includes(error.name)) throw error;
}
