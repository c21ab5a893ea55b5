import { EnvironmentSnapshot } from '../../observation';
import { HealthRule } from '../../pipeline';
import { services } from '../../services';
import { Health, RunState } from '../../state';
import { findFirstFailure } from '../findFirstFailure';
import { Run } from '../run';
import { toAge } from '../toAge';

/** Assesses the newest run; one that waits for another to end says less than that other. */
export function assessNewestRun(
  { runs }: EnvironmentSnapshot,
  now: Date,
): HealthRule {
  const running = runs.find(({ state }) => state === 'running');
  const run = runs[0]?.state === 'queued' ? running ?? runs[0] : runs[0];
  if (!run) return { name: 'run', health: 'unknown', text: 'no run yet' };
  return {
    name: 'run',
    health: runHealth[run.state],
    text: runText[run.state](run, now),
  };
}

const runHealth = {
  queued: 'running',
  running: 'running',
  succeeded: 'healthy',
  failed: 'failed',
  // Stopped by hand: the data is as old as before, which another rule assesses.
  cancelled: 'unknown',
  late: 'late',
  skipped: 'unknown',
  unknown: 'unknown',
} satisfies Record<RunState, Health>;

const runText = {
  queued: (run, now) =>
    `run ${run.id} has been queued for ${age(run.queuedAt, now)}`,
  running: (run, now) =>
    `${describeWork(run)}, running for ${age(run.startedAt, now)}`,
  succeeded: (run, now) => `last run ${age(run.endedAt, now)} ago`,
  failed: run => `run ${run.id} failed${inService(run)}`,
  cancelled: run => `run ${run.id} was cancelled`,
  late: run => `run ${run.id} is late`,
  skipped: run => `run ${run.id} was skipped`,
  unknown: run => `the state of run ${run.id} is unknown`,
} satisfies Record<RunState, (run: Run, now: Date) => string>;

const age = (at: string | undefined, now: Date) => (at ? toAge(at, now) : '?');

/** The running step that started last is the innermost. A cluster only waits for steps. */
function describeWork(run: Run): string {
  const step = run.steps
    .filter(s => s.state === 'running' && s.kind !== 'cluster')
    .pop();
  return step
    ? `${step.name} in ${services[step.service].title}`
    : `run ${run.id}`;
}

function inService(run: Run): string {
  const step = findFirstFailure(run);
  return step ? ` in ${services[step.service].title}` : '';
}
