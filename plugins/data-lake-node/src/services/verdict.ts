import {
  EnvironmentStatus,
  Health,
  isEnded,
  Problem,
  Resource,
  Rule,
  Run,
  RunState,
  services,
  worstHealth,
} from '@data-lake/plugin-data-lake-common';
import { Schedule } from './adapter';
import { toAge } from './age';

/** What is known of an environment. @public */
export interface Known {
  /** Absent: not observed yet. */
  observedAt?: string;
  resources: Resource[];
  /** Newest first. */
  runs: Run[];
  problems: Problem[];
  schedule?: Schedule;
}

/** @public */
export type Verdict = Pick<EnvironmentStatus, 'health' | 'reason' | 'rules'>;

/**
 * Is it healthy, and why: the worst of four rules and all problems. What could not be read makes it
 * at best unknown; nothing of it is ever green by default.
 *
 * @public
 */
export function judge(seen: Known, now: Date): Verdict {
  if (!seen.observedAt && seen.problems.length === 0) {
    return {
      health: 'unknown',
      reason: 'not observed yet',
      rules: [],
    };
  }
  const rules = [
    judgeRun(seen, now),
    judgeFreshness(seen, now),
    judgeStacks(seen),
    judgeResources(seen),
  ];
  const health = worstHealth([
    ...rules.map(rule => rule.health),
    ...seen.problems.map(problem => problem.health),
  ]);
  return { health, reason: toReason(health, rules, seen.problems), rules };
}

function judgeRun({ runs }: Known, now: Date): Rule {
  // One that waits for another to end says less than that other.
  const atWork = runs.find(({ state }) => state === 'running');
  const run = runs[0]?.state === 'queued' ? atWork ?? runs[0] : runs[0];
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
  // Somebody stopped it: the data is as old as before, and that is another rule's.
  cancelled: 'unknown',
  late: 'late',
  skipped: 'unknown',
  unknown: 'unknown',
} satisfies Record<RunState, Health>;

const runText = {
  queued: (run, now) =>
    `run ${run.id} is queued since ${age(run.queuedAt, now)}`,
  running: (run, now) => `${findAtWork(run)}, since ${age(run.startedAt, now)}`,
  succeeded: (run, now) => `last run ${age(run.endedAt, now)} ago`,
  failed: run => `run ${run.id} failed${inService(run)}`,
  cancelled: run => `run ${run.id} was cancelled`,
  late: run => `run ${run.id} is late`,
  skipped: run => `run ${run.id} was skipped`,
  unknown: run => `the state of run ${run.id} is not known`,
} satisfies Record<RunState, (run: Run, now: Date) => string>;

const age = (at: string | undefined, now: Date) => (at ? toAge(at, now) : '?');

/** The innermost step that is at work: the one that began last. A cluster only waits for steps. */
function findAtWork(run: Run): string {
  const step = run.steps
    .filter(s => s.state === 'running' && s.kind !== 'cluster')
    .pop();
  return step
    ? `${step.name} in ${services[step.service].title}`
    : `run ${run.id}`;
}

function inService(run: Run): string {
  const step = run.steps.find(({ id }) => id === run.firstFailure);
  return step ? ` in ${services[step.service].title}` : '';
}

/** Airflow starts a due run within seconds; a quarter of an hour is no hiccup any more. */
const graceMs = 15 * 60_000;

function judgeFreshness({ runs, schedule }: Known, now: Date): Rule {
  const name = 'freshness';
  const good = runs.find(({ state }) => state === 'succeeded');
  const old = good?.endedAt && toAge(good.endedAt, now);
  if (schedule?.paused && (schedule.description || waits(runs[0]))) {
    return {
      name,
      health: 'late',
      text: 'the DAG is paused, so no run starts',
    };
  }
  if (
    schedule?.nextAt &&
    now.getTime() > Date.parse(schedule.nextAt) + graceMs
  ) {
    const due = toAge(schedule.nextAt, now);
    return {
      name,
      health: 'late',
      text: `a run was due ${due} ago and has not started`,
    };
  }
  if (!old && hasActiveRun(runs.slice(0, 1))) {
    return { name, health: 'running', text: 'the first data is on its way' };
  }
  if (!old) {
    return { name, health: 'unknown', text: 'no run has brought data yet' };
  }
  const promise = schedule?.description ?? 'no schedule';
  return { name, health: 'healthy', text: `data ${old} old, ${promise}` };
}

const waits = (run: Run | undefined) => run?.state === 'queued';

const isStack = ({ type }: Resource) => type === 'AWS::CloudFormation::Stack';

function judgeStacks({ resources }: Known): Rule {
  const stacks = resources.filter(isStack);
  const good = stacks.filter(({ health }) => health === 'healthy').length;
  return {
    name: 'stacks',
    health: worstHealth(stacks.map(({ health }) => health)),
    text:
      good === stacks.length
        ? `${good} of ${stacks.length} complete`
        : stacks
            .filter(({ health }) => health !== 'healthy')
            .map(({ name, status }) => `${name} is ${status}`)
            .join(', '),
  };
}

function judgeResources({ resources }: Known): Rule {
  const own = resources.filter(resource => !isStack(resource));
  const health = worstHealth(own.map(resource => resource.health));
  const worst = own.filter(resource => resource.health === health);
  return {
    name: 'resources',
    health,
    text:
      health === 'healthy'
        ? `${own.length} of ${own.length} healthy`
        : `${toCount(worst)} ${resourceWords[health]}`,
  };
}

/** `crawler a`, `crawler a and 2 more` */
function toCount(resources: Resource[]): string {
  const [first, ...rest] = resources;
  if (!first) return 'no resource';
  return rest.length > 0 ? `${first.name} and ${rest.length} more` : first.name;
}

const resourceWords = {
  healthy: 'healthy',
  running: 'changing',
  late: 'late',
  failed: 'failed',
  gone: 'gone',
  denied: 'may not be read',
  unknown: 'not known',
} satisfies Record<Health, string>;

/** The rule that decides says why; a problem where no rule is as bad. */
function toReason(health: Health, rules: Rule[], problems: Problem[]): string {
  const rule = rules.find(r => r.health === health);
  const problem = problems.find(p => p.health === health);
  const why =
    health === 'unknown' || health === 'denied' || health === 'gone'
      ? problem?.message ?? rule?.text
      : rule?.text ?? problem?.message;
  return why ?? 'no reason is known';
}

/** Whether a run of these may still change, so that it is worth looking often. @public */
export function hasActiveRun(runs: readonly Run[]): boolean {
  return runs.some(run => !isEnded(run.state));
}
