import { findFirstFailure, isActive } from '@data-lake/plugin-data-lake-common';
import type {
  EnvironmentStatus,
  ObservedResource,
  Run,
  Step,
} from '@data-lake/plugin-data-lake-common';

/** The reason for a failing environment: a step of a run, or a resource if no run failed. */
export type Cause =
  | {
      by: 'step';
      step: Step;
      run: Run;
      /** When the step first failed in the unbroken series of failed runs up to now. */
      since?: string;
      /** How many runs in that series failed at this step. */
      runs: number;
    }
  | { by: 'resource'; resource: ObservedResource };

/** Finds the cause of a failing environment; none if it does not fail, or nothing names a cause. */
export function findCause(
  environment: Pick<EnvironmentStatus, 'health' | 'runs' | 'resources'>,
): Cause | undefined {
  if (environment.health !== 'failed') return undefined;
  return findFailedStep(environment.runs) ?? findFailedResource(environment);
}

function findFailedStep(runs: readonly Run[]): Cause | undefined {
  const ended = runs.filter(run => !isActive(run));
  const [run] = ended;
  const step = run && findFirstFailure(run);
  if (!step) return undefined;
  const alike = takeWhile(
    ended,
    other => findFirstFailure(other)?.name === step.name,
  );
  const oldest = alike[alike.length - 1];
  return {
    by: 'step',
    step,
    run,
    since:
      findFirstFailure(oldest)?.endedAt ?? oldest.endedAt ?? oldest.startedAt,
    runs: alike.length,
  };
}

function findFailedResource(
  environment: Pick<EnvironmentStatus, 'resources'>,
): Cause | undefined {
  const resource = environment.resources.find(r => r.health === 'failed');
  return resource && { by: 'resource', resource };
}

function takeWhile<T>(items: readonly T[], test: (item: T) => boolean): T[] {
  const end = items.findIndex(item => !test(item));
  return items.slice(0, end === -1 ? items.length : end);
}
