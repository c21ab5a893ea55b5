import { RunState } from '../state';
import { Run, Step } from './run';

/**
 * Judges a run that is called a success by its tasks, as they are now. Airflow looks at the last tasks alone: a run of
 * which a person has cleared one task stays a success for it, even if that task then fails.
 */
export function judgeState({
  state,
  steps,
}: Pick<Run, 'state' | 'steps'>): RunState {
  if (state !== 'succeeded') return state;
  const tasks = steps.filter(({ kind }) => kind === 'task');
  if (tasks.some(task => task.state === 'failed')) return 'failed';
  // A task that was skipped, cancelled or is not known to have ended: not all of the run was done.
  return tasks.every(task => task.state === 'succeeded')
    ? 'succeeded'
    : 'unknown';
}

/** Gives the root, the first of the steps, the state that its run was judged to have; its status stays the service's word. */
export function withJudgedRoot(
  [root, ...others]: Step[],
  state: { is: RunState; was: RunState },
): Step[] {
  return [
    state.is === state.was ? root : { ...root, state: state.is },
    ...others,
  ];
}
