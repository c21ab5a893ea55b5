import { goesOn } from '../convert/goesOn';
import type {
  EnvironmentStatus,
  Resource,
  Run,
  Step,
} from '@data-lake/plugin-data-lake-common';

/** Why an environment fails: the step that failed first, or a resource where no run tells more. */
export type Cause =
  | {
      by: 'step';
      step: Step;
      run: Run;
      /** When it first failed so, in the unbroken line of failed runs that ends now. */
      since?: string;
      /** How many runs in a row failed at this step. */
      runs: number;
    }
  | { by: 'resource'; resource: Resource };

/** The cause of a failing environment; nothing where it does not fail, or nobody says why. */
export function findCause(
  environment: Pick<EnvironmentStatus, 'health' | 'runs' | 'resources'>,
): Cause | undefined {
  if (environment.health !== 'failed') return undefined;
  return findFailedStep(environment.runs) ?? findFailedResource(environment);
}

/** The step that failed first in a run. */
export function findFirstFailure(run: Run): Step | undefined {
  const named = run.steps.find(step => step.id === run.firstFailure);
  return named ?? run.steps.filter(hasFailed).sort(byEnd)[0];
}

const hasFailed = (step: Step) => step.state === 'failed';

/** The inner step ends before the one that waits for it; those without an end come last. */
function byEnd(a: Step, b: Step): number {
  const toTime = ({ endedAt }: Step) =>
    endedAt ? Date.parse(endedAt) : Number.MAX_SAFE_INTEGER;
  return toTime(a) - toTime(b);
}

function findFailedStep(runs: readonly Run[]): Cause | undefined {
  const ended = runs.filter(run => !goesOn(run));
  const [run] = ended;
  const step = run?.state === 'failed' ? findFirstFailure(run) : undefined;
  if (!step) return undefined;
  const alike = takeWhile(ended, other => {
    const failure = other.state === 'failed' && findFirstFailure(other);
    return failure && failure.name === step.name;
  });
  const oldest = alike[alike.length - 1];
  const first = findFirstFailure(oldest);
  return {
    by: 'step',
    step,
    run,
    since: first?.endedAt ?? oldest.endedAt ?? oldest.startedAt,
    runs: alike.length,
  };
}

function findFailedResource(environment: {
  resources: readonly Resource[];
}): Cause | undefined {
  const resource = environment.resources.find(r => r.health === 'failed');
  return resource && { by: 'resource', resource };
}

function takeWhile<T>(items: readonly T[], test: (item: T) => unknown): T[] {
  const end = items.findIndex(item => !test(item));
  return items.slice(0, end === -1 ? items.length : end);
}
