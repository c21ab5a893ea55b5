import { ServiceUnavailableError } from '@backstage/errors';
import * as z from 'zod';
import { invokeRestApi, RestApiRequest } from '@data-lake/aws';
import { ObserveContext } from '../adapter';

const Time = z.string().nullish();

/** A DAG run, as v1 (Airflow 2) and v2 (Airflow 3) give it. */
export const DagRun = z.object({
  dag_run_id: z.string(),
  state: z.string(),
  run_type: z.string().default('manual'),
  /** v2 only */
  queued_at: Time,
  start_date: Time,
  end_date: Time,
});

/** @see `DagRun` */
export type DagRun = z.infer<typeof DagRun>;

/** One task of one DAG run, its newest try. */
export const TaskInstance = z.object({
  task_id: z.string(),
  dag_run_id: z.string(),
  map_index: z.number().default(-1),
  state: z.string().nullish(),
  try_number: z.number().nullish(),
  start_date: Time,
  end_date: Time,
});

/** @see `TaskInstance` */
export type TaskInstance = z.infer<typeof TaskInstance>;

/** A DAG; the next run has another name in v1. */
export const Dag = z.object({
  dag_id: z.string(),
  is_paused: z.boolean().nullish(),
  has_import_errors: z.boolean().nullish(),
  /** v2 only: its file is gone. */
  is_stale: z.boolean().nullish(),
  /** v1 only: false once its file is gone. */
  is_active: z.boolean().nullish(),
  last_parsed_time: Time,
  fileloc: z.string().nullish(),
  timetable_description: z.string().nullish(),
  /** v1 only */
  schedule_interval: z.unknown().optional(),
  next_dagrun_create_after: Time,
  /** v2 only */
  timetable_summary: z.string().nullish(),
  next_dagrun_run_after: Time,
});

/** @see `Dag` */
export type Dag = z.infer<typeof Dag>;

/** @see https://airflow.apache.org/docs/apache-airflow/stable/stable-rest-api-ref.html */
export const ImportErrors = z.object({
  import_errors: z.array(
    z.object({
      filename: z.string(),
      stack_trace: z.string().default(''),
      timestamp: Time,
    }),
  ),
});

export const DagRuns = z.object({ dag_runs: z.array(DagRun) });

export const TaskInstances = z.object({
  task_instances: z.array(TaskInstance),
  total_entries: z.number().nullish(),
});

/** Requests from Airflow, and parses the answer. @throws ServiceUnavailableError if it has another shape */
export async function askAirflow<T>(
  context: Pick<ObserveContext, 'clients' | 'signal'>,
  request: Omit<RestApiRequest, 'signal'>,
  schema: z.ZodType<T>,
): Promise<T> {
  const { clients, signal } = context;
  const answer = await invokeRestApi(clients, { ...request, signal });
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ServiceUnavailableError(
    `Airflow's answer to ${request.method} ${
      request.path
    } has an unexpected shape: ${z.prettifyError(
      parsed.error,
    )}. Is its version one that MWAA offers?`,
    parsed.error,
  );
}
