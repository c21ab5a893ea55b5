import {
  lookUpState,
  RunPart,
  Step,
  toPartOf,
} from '@data-lake/plugin-data-lake-common';
import { ObserveContext } from '../adapter';
import { listPages } from '@data-lake/aws';
import { toTimestamp } from '../toTimestamp';
import {
  askAirflow,
  DagRun,
  DagRuns,
  TaskInstance,
  TaskInstances,
} from './airflow';
import { dagRunState, taskState } from './status';

/** Airflow as one environment has it. */
export interface Airflow {
  environment: string;
  dagId: string;
  /** `3.3.1` */
  version: string;
  /** `https://<host>`; absent if the environment has none yet. */
  webServer?: string;
}

/** MWAA answers 6 MB and 10 s at most: 40 runs of some ten tasks are far below. */
const mostRuns = 40;
const tasksPerPage = 100;
const mostTasks = 2_000;

/** Airflow 3 made the logical date optional, and orders by a date that is always there. */
const isVersion3 = ({ version }: Airflow) => !/^[12]\./.test(version);

/** The newest DAG runs. `~` reads as "all DAGs", and the body names the one. */
export async function listDagRuns(
  context: Pick<ObserveContext, 'clients' | 'signal' | 'since'>,
  airflow: Airflow,
): Promise<DagRun[]> {
  const { dag_runs } = await askAirflow(
    context,
    {
      environment: airflow.environment,
      method: 'POST',
      path: '/dags/~/dagRuns/list',
      body: {
        dag_ids: [airflow.dagId],
        order_by: isVersion3(airflow) ? '-run_after' : '-execution_date',
        page_limit: mostRuns,
        page_offset: 0,
      },
    },
    DagRuns,
  );
  return dag_runs.filter(run => isRecent(run, context.since));
}

function isRecent(run: DagRun, since: Date): boolean {
  // A run without an end is always of interest.
  const at = run.end_date;
  return !at || new Date(at) >= since;
}

/** The newest try of each task of these runs, 100 a page. */
export async function listTaskInstances(
  context: ObserveContext,
  airflow: Airflow,
  runs: DagRun[],
): Promise<TaskInstance[]> {
  if (runs.length === 0) return [];
  return listPages(
    async token => {
      const offset = Number(token ?? 0);
      const page = await askAirflow(
        context,
        {
          environment: airflow.environment,
          method: 'POST',
          path: '/dags/~/dagRuns/~/taskInstances/list',
          body: {
            dag_ids: [airflow.dagId],
            dag_run_ids: runs.map(run => run.dag_run_id),
            page_limit: tasksPerPage,
            page_offset: offset,
          },
        },
        TaskInstances,
      );
      const next = offset + page.task_instances.length;
      const more =
        page.task_instances.length > 0 && next < (page.total_entries ?? 0);
      return {
        items: page.task_instances,
        next: more ? String(next) : undefined,
      };
    },
    { most: mostTasks },
  );
}

/** A DAG run with its tasks; the run itself is the root. */
export function toRunPart(
  airflow: Airflow,
  run: DagRun,
  tasks: TaskInstance[],
): RunPart {
  const state = lookUpState(dagRunState, run.state);
  const root: Step = {
    id: `mwaa:DAG run:${run.dag_run_id}`,
    service: 'mwaa',
    kind: 'DAG run',
    name: airflow.dagId,
    state,
    status: run.state,
    startedAt: toTimestamp(run.start_date),
    endedAt: toTimestamp(run.end_date),
    consoleUrl: toRunUrl(airflow, run.dag_run_id),
  };
  const own = tasks.filter(task => task.dag_run_id === run.dag_run_id);
  return {
    partOf: toPartOf({ runId: run.dag_run_id }),
    lead: {
      id: run.dag_run_id,
      state,
      trigger: run.run_type,
      queuedAt: toTimestamp(run.queued_at),
      consoleUrl: root.consoleUrl,
    },
    steps: [root, ...own.map(task => toStep(airflow, root, task))],
  };
}

function toStep(airflow: Airflow, root: Step, task: TaskInstance): Step {
  const mapped = task.map_index >= 0 ? `[${task.map_index}]` : '';
  const state = lookUpState(taskState, task.state ?? 'none');
  // Airflow gives a skipped task the time of that decision.
  const ran = state !== 'skipped';
  return {
    id: `mwaa:task:${task.task_id}${mapped}`,
    parent: root.id,
    service: 'mwaa',
    kind: 'task',
    name: `${task.task_id}${mapped}`,
    state,
    status: task.state ?? 'none',
    startedAt: ran ? toTimestamp(task.start_date) : undefined,
    endedAt: ran ? toTimestamp(task.end_date) : undefined,
    attempt: task.try_number || undefined,
    consoleUrl: toTaskUrl(airflow, task),
  };
}

/** Airflow's own page: the AWS console shows no runs. */
function toRunUrl(airflow: Airflow, runId: string): string | undefined {
  if (!airflow.webServer) return undefined;
  const dag = encodeURIComponent(airflow.dagId);
  const run = encodeURIComponent(runId);
  return isVersion3(airflow)
    ? `${airflow.webServer}/dags/${dag}/runs/${run}`
    : `${airflow.webServer}/dags/${dag}/grid?dag_run_id=${run}`;
}

function toTaskUrl(airflow: Airflow, task: TaskInstance): string | undefined {
  const run = toRunUrl(airflow, task.dag_run_id);
  const id = encodeURIComponent(task.task_id);
  return (
    run && (isVersion3(airflow) ? `${run}/tasks/${id}` : `${run}&task_id=${id}`)
  );
}
