import { Run, Step } from '@data-lake/plugin-data-lake-common';
import { findFirstFailure } from '@data-lake/plugin-data-lake-node';

/**
 * A run as it was known and as it is seen now. What a service did not tell this time (it was
 * throttled, or does not keep it any longer) stays as it was; what it did tell is newer.
 */
export function mergeRun(before: Run, fresh: Run): Run {
  // Airflow did not answer this time: the execution alone must not pass for the whole run.
  const leading = isLesser(fresh, before) ? before : fresh;
  const steps = new Map(before.steps.map(step => [step.id, step]));
  for (const step of fresh.steps) {
    steps.set(step.id, keepParent(step, steps.get(step.id)));
  }
  const [root] = leading.steps;
  const merged = [
    steps.get(root.id)!,
    ...[...steps.values()].filter(({ id }) => id !== root.id),
  ];
  const run = { ...leading, steps: inOrder(merged) };
  return { ...run, firstFailure: findFirstFailure(run) };
}

const isLesser = (fresh: Run, before: Run) =>
  fresh.trigger === 'execution' && before.trigger !== 'execution';

/** Where it hung is known, though its parent was not told this time. */
function keepParent(step: Step, before: Step | undefined): Step {
  return { ...step, parent: step.parent ?? before?.parent };
}

function inOrder([root, ...rest]: Step[]): Step[] {
  const begin = (step: Step) => step.startedAt ?? '9999';
  return [
    root,
    ...rest.sort(
      (a, b) => Number(begin(a) > begin(b)) - Number(begin(a) < begin(b)),
    ),
  ];
}
