import { compareText } from './order';
import { Run, Step } from './run';

/**
 * Finds the cause of a failed run: of its failed steps without a failed step below, the one that
 * failed first. A run that did not fail has none, even if one of its steps failed and was retried.
 *
 * @public
 */
export function findFirstFailure(
  run: Pick<Run, 'state' | 'steps'>,
): Step | undefined {
  if (run.state !== 'failed') return undefined;
  const failed = run.steps.filter(step => step.state === 'failed');
  const above = listAncestors(failed, run.steps);
  const [first] = failed
    .filter(step => !above.has(step.id))
    .sort(
      (a, b) =>
        compareText(failedAt(a), failedAt(b)) || compareText(a.id, b.id),
    );
  return first;
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
