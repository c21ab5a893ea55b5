import { isEnded } from '../state';
import { findFirstFailure } from './findFirstFailure';
import { findParent, isAtWorkWhen, isExecution } from './findParent';
import { judgeState, withJudgedRoot } from './judgeState';
import { makeRunFinder } from './makeRunFinder';
import { compareStart, compareText } from './order';
import { executionTrigger, Run, Step } from './run';
import { RunLead, RunPart } from './runPart';

/**
 * Joins the parts that the services report into runs: DAG run → tasks → EMR and Step Functions →
 * states → Glue. The run's id joins exactly, its key where a service knows no more; crawls carry none and are
 * joined by time. Parts of no DAG run and no execution are left out.
 *
 * @param parts - of all services, in any order
 * @returns newest first, each a tree of steps
 * @public
 */
export function joinRuns(parts: readonly RunPart[]): Run[] {
  // The same runs, whichever service answered first.
  const ordered = [...parts].sort((a, b) =>
    compareText(a.steps[0]?.id, b.steps[0]?.id),
  );
  const runs = [...groupByRun(ordered).values()]
    .map(joinParts)
    .filter(joined => joined !== undefined);
  const loose = ordered.filter(({ partOf }) => partOf === 'by time');
  assignByTime(runs, loose);
  return runs.map(toRun).sort(compareNewestFirst);
}

function groupByRun(parts: readonly RunPart[]): Map<string, RunPart[]> {
  const findRun = makeRunFinder(parts);
  const groups = new Map<string, RunPart[]>();
  for (const part of parts) {
    const run = findRun(part);
    if (run) groups.set(run, [...(groups.get(run) ?? []), part]);
  }
  return groups;
}

interface JoinedParts {
  lead: RunLead;
  root: Step;
  steps: Step[];
  /** Joined by time. */
  loose: Step[];
}

function joinParts(parts: RunPart[]): JoinedParts | undefined {
  const leading = findLeading(parts);
  if (!leading) return undefined;
  const steps = uniqueById(
    [leading, ...parts].flatMap(part => part.steps).map(step => ({ ...step })),
  );
  return { lead: leading.lead, root: steps[0], steps, loose: [] };
}

type LeadingPart = RunPart & { lead: RunLead };

/** The DAG run; else the newest execution: each try of a run has one. */
function findLeading(parts: RunPart[]): LeadingPart | undefined {
  const leading = parts
    .filter((part): part is LeadingPart => part.lead !== undefined)
    .sort(
      (a, b) =>
        compareText(a.lead.id, b.lead.id) ||
        compareText(b.steps[0].startedAt, a.steps[0].startedAt),
    );
  return (
    leading.find(({ steps }) => steps[0].service === 'mwaa') ??
    leading.find(({ lead }) => lead.trigger === executionTrigger)
  );
}

function uniqueById(steps: Step[]): Step[] {
  return [...new Map(steps.map(step => [step.id, step])).values()];
}

/** A crawl belongs to the run whose execution was at work when it started; to the newest of several. */
function assignByTime(runs: JoinedParts[], parts: RunPart[]): void {
  for (const step of uniqueById(parts.flatMap(part => part.steps))) {
    const [run] = runs
      .filter(({ steps }) =>
        steps.some(each => isExecution(each) && isAtWorkWhen(each, step)),
      )
      .sort(
        (a, b) =>
          compareText(b.root.startedAt, a.root.startedAt) ||
          compareText(a.lead.id, b.lead.id),
      );
    run?.loose.push({ ...step });
  }
}

function toRun({ lead, root, steps, loose }: JoinedParts): Run {
  const ids = new Set(steps.map(step => step.id));
  const all = [...steps, ...loose.filter(step => !ids.has(step.id))];
  const ordered = [
    root,
    ...all.filter(step => step !== root).sort(compareStart),
  ].map(step => ({ ...step, parent: findParent(step, root, all) }));
  const state = judgeState({ state: lead.state, steps: ordered });
  const judged = withJudgedRoot(ordered, { is: state, was: lead.state });
  return {
    ...lead,
    state,
    startedAt: root.startedAt,
    endedAt: isEnded(lead.state) ? root.endedAt : undefined,
    steps: judged,
    firstFailure: findFirstFailure({ state, steps: judged })?.id,
  };
}

/** A run that still waits is newer than all that started. */
function compareNewestFirst(a: Run, b: Run): number {
  const at = (run: Run) => run.queuedAt ?? run.startedAt ?? '9999';
  return compareText(at(b), at(a)) || compareText(b.id, a.id);
}
