import { findFirstFailure } from './findFirstFailure';
import { judgeState, withJudgedRoot } from './judgeState';
import { compareStart } from './order';
import { executionTrigger, Run, Step } from './run';

/**
 * Merges a run as it was known with the same run as it is seen now. Steps that a service did not report
 * this time (it was throttled, or no longer keeps them) stay as they were; reported steps are newer.
 *
 * @public
 */
export function mergeRun(before: Run, fresh: Run): Run {
  const leading = isLesser(fresh, before) ? before : fresh;
  const rootId = leading.steps[0].id;
  const steps = new Map(before.steps.map(step => [step.id, step]));
  for (const step of fresh.steps) {
    steps.set(step.id, keepParent(step, steps.get(step.id)));
  }
  const root = steps.get(rootId)!;
  steps.delete(rootId);
  const others = [...steps.values()]
    .map(step => ({ ...step, parent: step.parent ?? rootId }))
    .sort(compareStart);
  const state = judgeState({ state: leading.state, steps: others });
  const all = [{ ...root, parent: undefined }, ...others];
  const run = {
    ...leading,
    state,
    steps: withJudgedRoot(all, { is: state, was: leading.state }),
  };
  return { ...run, firstFailure: findFirstFailure(run)?.id };
}

/** Airflow did not answer this time: the execution alone must not pass for the whole run. */
const isLesser = (fresh: Run, before: Run) =>
  fresh.trigger === executionTrigger && before.trigger !== executionTrigger;

/** The parent is known from before, even if it was not reported this time. */
function keepParent(step: Step, before: Step | undefined): Step {
  return { ...step, parent: step.parent ?? before?.parent };
}
