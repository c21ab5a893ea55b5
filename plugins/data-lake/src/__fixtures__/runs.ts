import { toRunKey } from '@data-lake/plugin-data-lake-common';
import type { Run, RunState, Step } from '@data-lake/plugin-data-lake-common';
import { plan } from './plan';
import { consoleUrl, day, iso, minute, second } from './times';

/**
 * Makes a run that succeeded, or one that reached `state` before its end.
 *
 * @param options.ends - seconds after the start when `state` took effect
 */
export function makeRun(options: {
  start: number;
  state?: RunState;
  ends?: number;
  speed?: number;
  trigger?: string;
}): Run {
  const { start, state = 'succeeded', ends = Infinity, speed = 1 } = options;
  const id = `${iso(start).replace(/[-:]/g, '').slice(0, 15)}-7f3a`;
  const steps = plan.map(({ at, ...step }): Step => {
    const from = at[0] * speed;
    const to = from + at[1] * speed;
    const reached = from < ends;
    const done = to <= ends;
    const cut = reached ? state : toUnreached(state);
    const broken = reached && state !== 'running';
    const own = done ? 'succeeded' : cut;
    return {
      ...step,
      id: `${step.service}:${step.kind}:${step.id}`,
      parent: step.parent && toStepId(step.parent),
      name: toName(step.name, id),
      state: own,
      status: own.toUpperCase(),
      startedAt: reached ? iso(start + from * second) : undefined,
      endedAt:
        done || broken ? iso(start + Math.min(to, ends) * second) : undefined,
      attempt: step.service === 'mwaa' ? 1 : undefined,
      consoleUrl: `${consoleUrl}/${step.service}`,
    };
  });
  return {
    id,
    state,
    trigger: options.trigger ?? 'scheduled',
    queuedAt: iso(start - 2 * second),
    startedAt: iso(start),
    endedAt: state === 'running' ? undefined : steps[0].endedAt,
    steps,
    consoleUrl: 'https://airflow.example.com/dags/movielens-demo',
  };
}

function toStepId(id: string): string {
  const step = plan.find(s => s.id === id)!;
  return `${step.service}:${step.kind}:${step.id}`;
}

function toName(name: string, runId: string): string {
  if (name === '') return toRunKey(runId);
  return name.endsWith('-') ? name + toRunKey(runId) : name;
}

function toUnreached(state: RunState): RunState {
  return state === 'running' ? 'queued' : 'skipped';
}

/** Makes a run that failed in Glue, and in the state that waited for it. */
export function makeFailedRun(start: number): Run {
  const run = makeRun({ start, state: 'failed', ends: 1985 });
  const glue = run.steps.find(s => s.name === 'movielens-demo-transform')!;
  glue.state = 'failed';
  glue.status = 'FAILED';
  glue.error =
    'AccessDeniedException: Insufficient Lake Formation permission(s): Required Create Table on movielens_demo (Service: AWSGlue; Status Code: 400)';
  const check = run.steps.find(s => s.name === 'CheckGlueJob')!;
  check.state = 'failed';
  check.error = 'GlueJobFailed: see the job run';
  for (const crawl of run.steps.filter(s => s.kind === 'crawl')) {
    Object.assign(crawl, {
      state: 'skipped',
      startedAt: undefined,
      endedAt: undefined,
    });
  }
  return { ...run, firstFailure: glue.id };
}

/** Makes one run a day, newest first: mostly successes, with one of each other kind. */
export function makeRuns(now: number, count: number): Run[] {
  return Array.from({ length: count }, (_, i) => {
    const start = now - 2 * 60 * minute - i * day;
    const speed = 1 + ((i * 7) % 5) / 60;
    if (i === 9) return makeRun({ start, state: 'cancelled', ends: 500 });
    if (i === 10) return { ...makeRun({ start, speed: 1.45 }), state: 'late' };
    if (i % 26 === 25) return makeFailedRun(start);
    const run = makeRun({ start, speed });
    if (i === 17) run.steps[5].attempt = 2;
    return run;
  });
}
