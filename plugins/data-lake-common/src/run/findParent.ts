import { starterStates, starterTasks } from '../names';
import { compareStart } from './order';
import { Step } from './run';

/**
 * Finds the step that started another: its parent in the tree of the run. A step that no other
 * started belongs to the root, which has no parent.
 */
export function findParent(
  step: Step,
  root: Step,
  all: Step[],
): string | undefined {
  if (step === root) return undefined;
  return findStarter(step, all) ?? root.id;
}

function findStarter(step: Step, all: Step[]): string | undefined {
  const reported = () =>
    all.some(({ id }) => id === step.parent) ? step.parent : undefined;
  switch (step.kind) {
    case 'cluster':
      return findTask(starterTasks.cluster, all);
    case 'execution':
      return findTask(starterTasks.execution, all);
    // An EMR step, or a job run of EMR Serverless, has the name of the task that started it.
    case 'step':
    case 'job':
      return findTask(step.name, all) ?? reported();
    case 'job run':
    case 'crawl':
      return findState({ ...step, kind: step.kind }, all);
    default:
      return reported();
  }
}

const findTask = (name: string, all: Step[]) =>
  all.find(step => step.kind === 'task' && step.name === name)?.id;

type GlueStep = Step & { kind: keyof typeof starterStates };

/** The state that was entered last before Glue started; else the execution. */
function findState(step: GlueStep, all: Step[]): string | undefined {
  const [state] = all
    .filter(each => each.kind === 'state' && isAtWorkWhen(each, step))
    .sort(
      (a, b) => affinity(b, step) - affinity(a, step) || compareStart(b, a),
    );
  return state?.id ?? all.find(isExecution)?.id;
}

/** A state that is named after what it starts is likelier than one that was only open then. */
function affinity({ name }: Step, step: GlueStep): number {
  const lastWord = step.name.toLowerCase().split(/[-_]/).pop()!;
  return (
    (/^start/i.test(name) ? 2 : 0) +
    (starterStates[step.kind].word.test(name) ? 2 : 0) +
    (name.toLowerCase().includes(lastWord) ? 1 : 0)
  );
}

export const isExecution = (step: Step) => step.kind === 'execution';

/** Clocks differ, and Glue reports whole seconds. */
const toleranceMs = 2_000;

/** Whether one step was at work when the other started. */
export function isAtWorkWhen(step: Step, started: Step): boolean {
  if (!step.startedAt || !started.startedAt) return false;
  const at = Date.parse(started.startedAt);
  return (
    at >= Date.parse(step.startedAt) - toleranceMs &&
    (!step.endedAt || at <= Date.parse(step.endedAt) + toleranceMs)
  );
}

/** Whether one step started before the other, and not only by the clock of another service. */
export function startedBefore(step: Step, other: Step): boolean {
  if (!step.startedAt || !other.startedAt) return false;
  return Date.parse(step.startedAt) < Date.parse(other.startedAt) - toleranceMs;
}
