import {
  isEnded,
  Run,
  RunState,
  Step,
} from '@data-lake/plugin-data-lake-common';
import { Trace, TracedRun } from './adapter';
import { findFirstFailure } from './firstFailure';

/**
 * Joins what each service saw into runs: DAG run → tasks → EMR and Step Functions → states → Glue.
 * The run key joins exactly; crawls carry none and are joined by time. What belongs to no DAG run
 * and no execution is left out.
 *
 * @param traces - of all services, in any order
 * @returns newest first, each a tree of steps
 * @public
 */
export function joinRuns(traces: readonly Trace[]): Run[] {
  // Whichever service answered first: the same runs.
  const ordered = [...traces].sort((a, b) =>
    compare(a.steps[0]?.id, b.steps[0]?.id),
  );
  const runs = [...groupByKey(ordered).values()]
    .map(toJoined)
    .filter(joined => joined !== undefined);
  const loose = ordered.filter(trace => trace.key === undefined);
  for (const [run, crawls] of assignByTime(runs, loose))
    run.loose.push(...crawls);
  return runs.map(toRun).sort(newestFirst);
}

function groupByKey(traces: readonly Trace[]): Map<string, Trace[]> {
  const groups = new Map<string, Trace[]>();
  for (const trace of traces) {
    if (!trace.key || trace.steps.length === 0) continue;
    groups.set(trace.key, [...(groups.get(trace.key) ?? []), trace]);
  }
  return groups;
}

interface Joined {
  run: TracedRun;
  root: Step;
  steps: Step[];
  loose: Step[];
}

function toJoined(parts: Trace[]): Joined | undefined {
  const leading = findLeading(parts);
  if (!leading) return undefined;
  const root = leading.steps[0];
  const steps = uniqueById(
    [leading, ...parts].flatMap(part => part.steps).map(step => ({ ...step })),
  );
  return { run: leading.run!, root: steps[0] ?? root, steps, loose: [] };
}

/** The DAG run; else the execution. */
function findLeading(parts: Trace[]): Trace | undefined {
  const runs = parts
    .filter(part => part.run)
    .sort((a, b) => compare(a.run!.id, b.run!.id));
  return (
    runs.find(({ steps }) => steps[0].service === 'mwaa') ??
    runs.find(({ run }) => run!.trigger === 'execution')
  );
}

function uniqueById(steps: Step[]): Step[] {
  return [...new Map(steps.map(step => [step.id, step])).values()];
}

/** A crawl is of the run whose execution was at work when it began. */
function assignByTime(runs: Joined[], traces: Trace[]): Map<Joined, Step[]> {
  const assigned = new Map<Joined, Step[]>();
  for (const step of uniqueById(traces.flatMap(trace => trace.steps))) {
    const [owner] = runs
      .filter(run => run.steps.some(s => isExecution(s) && contains(s, step)))
      .sort(
        (a, b) =>
          compare(b.root.startedAt, a.root.startedAt) ||
          compare(a.run.id, b.run.id),
      );
    if (owner)
      assigned.set(owner, [...(assigned.get(owner) ?? []), { ...step }]);
  }
  return assigned;
}

/** Clocks differ, and Glue tells whole seconds. */
const slackMs = 2_000;

function contains(outer: Step, inner: Step): boolean {
  if (!outer.startedAt || !inner.startedAt) return false;
  const at = Date.parse(inner.startedAt);
  return (
    at >= Date.parse(outer.startedAt) - slackMs &&
    (!outer.endedAt || at <= Date.parse(outer.endedAt) + slackMs)
  );
}

function toRun({ run, root, steps, loose }: Joined): Run {
  const ids = new Set(steps.map(step => step.id));
  const all = [...steps, ...loose.filter(step => !ids.has(step.id))];
  const ordered = [
    root,
    ...all.filter(step => step !== root).sort(byStart),
  ].map(step => ({ ...step, parent: findParent(step, root, all) }));
  return {
    ...run,
    startedAt: root.startedAt,
    endedAt: isEnded(run.state) ? root.endedAt : undefined,
    steps: ordered,
    firstFailure: findFirstFailure({ state: run.state, steps: ordered }),
  };
}

/** Where a step hangs in the tree of its run; a step that nothing claims hangs at the root. */
function findParent(step: Step, root: Step, all: Step[]): string | undefined {
  if (step === root) return undefined;
  const task = (...names: string[]) =>
    all.find(s => s.kind === 'task' && names.includes(s.name))?.id;
  const own = all.some(s => s.id === step.parent) ? step.parent : undefined;
  const parents: Record<string, () => string | undefined> = {
    cluster: () => task('create_cluster'),
    // An EMR step, or a job run of EMR Serverless, has the name of the task that started it.
    step: () => task(step.name) ?? own,
    job: () => task(step.name) ?? own,
    execution: () => task('start_execution'),
    'job run': () => findStarter(step, all),
    crawl: () => findStarter(step, all),
  };
  const find = Object.hasOwn(parents, step.kind)
    ? parents[step.kind]
    : () => own;
  return find() ?? root.id;
}

/** The state that was entered last before this began; else the execution. */
function findStarter(step: Step, all: Step[]): string | undefined {
  const [state] = all
    .filter(s => s.kind === 'state' && contains(s, step))
    .sort((a, b) => affinity(b, step) - affinity(a, step) || byStart(b, a));
  return state?.id ?? all.find(isExecution)?.id;
}

/** A state that is named after what it starts is likelier than one that only was open then. */
function affinity(state: Step, step: Step): number {
  const name = state.name.toLowerCase();
  const kind = step.kind === 'crawl' ? /crawl/ : /glue|job/;
  const own = step.name.toLowerCase().split(/[-_]/).pop()!;
  return (
    (name.startsWith('start') ? 2 : 0) +
    (kind.test(name) ? 2 : 0) +
    (name.includes(own) ? 1 : 0)
  );
}

const isExecution = (step: Step) => step.kind === 'execution';

function byStart(a: Step, b: Step): number {
  return compare(a.startedAt, b.startedAt) || compare(a.id, b.id);
}

/** What has not begun comes last. */
function compare(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  return a < b ? -1 : 1;
}

/** A run that waits still is newer than all that began. */
function newestFirst(a: Run, b: Run): number {
  return compare(begin(b), begin(a)) || compare(b.id, a.id);
}

function begin(run: {
  queuedAt?: string;
  startedAt?: string;
  state: RunState;
}) {
  return run.queuedAt ?? run.startedAt ?? '9999';
}
