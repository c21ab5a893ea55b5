import { Run, Step } from '@data-lake/plugin-data-lake-common';

/**
 * The cause of a failed run: of its failed steps that no other failed step is under, the one that
 * failed first. A run that did not fail has none, though a step of it may have been tried again.
 *
 * @public
 */
export function findFirstFailure(
  run: Pick<Run, 'state' | 'steps'>,
): string | undefined {
  if (run.state !== 'failed') return undefined;
  const failed = run.steps.filter(step => step.state === 'failed');
  const above = toAncestors(failed, run.steps);
  const [first] = failed
    .filter(step => !above.has(step.id))
    .sort(
      (a, b) =>
        compareText(failedAt(a), failedAt(b)) || compareText(a.id, b.id),
    );
  return first?.id;
}

/** All steps that a failed step is under. */
function toAncestors(failed: Step[], steps: Step[]): Set<string> {
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

const failedAt = (step: Step) => step.endedAt ?? step.startedAt ?? '9999';

const compareText = (a: string, b: string) => Number(a > b) - Number(a < b);
