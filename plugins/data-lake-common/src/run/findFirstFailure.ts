import { startedBefore } from './findParent';
import { compareText } from './order';
import { Run, Step } from './run';

/**
 * Finds the cause of a failed run: of its failed steps without a failed step below, the one that
 * failed first. A run that did not fail has none, even if one of its steps failed and was retried; and a
 * step of a task's earlier try is no cause.
 *
 * @public
 */
export function findFirstFailure(
  run: Pick<Run, 'state' | 'steps'>,
): Step | undefined {
  if (run.state !== 'failed') return undefined;
  const byId = new Map(run.steps.map(step => [step.id, step]));
  const all = run.steps.filter(step => step.state === 'failed');
  const ofThisTry = all.filter(step => !isOfEarlierTry(step, byId));
  const failed = ofThisTry.length > 0 ? ofThisTry : all;
  const above = listAncestors(failed, run.steps);
  const [first] = failed
    .filter(step => !above.has(step.id))
    .sort(
      (a, b) =>
        compareText(failedAt(a), failedAt(b)) || compareText(a.id, b.id),
    );
  return first;
}

/** Whether a task that stands above the step was started again later. */
function isOfEarlierTry(step: Step, byId: Map<string, Step>): boolean {
  const seen = new Set<string>();
  for (let { parent } = step; parent && !seen.has(parent); ) {
    seen.add(parent);
    const above = byId.get(parent);
    if (above?.kind === 'task' && startedBefore(step, above)) return true;
    parent = above?.parent;
  }
  return false;
}

/** The ids of all steps that have a failed step below them. */
function listAncestors(failed: Step[], steps: Step[]): Set<string> {
  const byId = new Map(steps.map(step => [step.id, step]));
  const above = new Set<string>();
  for (const step of failed) {
    let parent = step.parent;
    while (parent && !above.has(parent)) {
      above.add(parent);
      parent = byId.get(parent)?.parent;
    }
  }
  return above;
}

const failedAt = (step: Step) => step.endedAt ?? step.startedAt;
