import { assessHealth } from './assessHealth';
import { makeStep as step, toTime as at } from './__testUtils__/makeRun';
import { RunState } from '../state';
import { joinRuns } from './joinRuns';
import { mergeRun } from './mergeRun';
import { RunPart } from './runPart';

const root = 'mwaa:DAG run:r';
const now = new Date(at(3_600));

/** A DAG run that Airflow calls a success, with one task in another state. */
function greenRunWith(state: RunState): RunPart {
  const task = (name: string, changes = {}) =>
    step(`mwaa:task:${name}`, { parent: root, from: 1, to: 9, ...changes });
  return {
    partOf: { runId: 'r' },
    lead: { id: 'r', state: 'succeeded', trigger: 'manual' },
    steps: [
      step(root, { from: 0, to: 10, state: 'succeeded' }),
      task('ingest', { state }),
      task('confirm_end'),
    ],
  };
}

describe.each(Object.values(RunState.enum).filter(s => s !== 'succeeded'))(
  'a DAG run that Airflow calls a success, though a task is %s',
  state => {
    const [run] = joinRuns([greenRunWith(state)]);
    const judged = state === 'failed' ? 'failed' : 'unknown';

    it(`is ${judged}, as is its root`, () => {
      expect(run.state).toBe(judged);
      expect(run.steps[0]).toMatchObject({ id: root, state: judged });
      expect(run.firstFailure).toBe(
        state === 'failed' ? 'mwaa:task:ingest' : undefined,
      );
    });

    it('stays so if its tasks could not be read the next time', () => {
      const { steps, ...part } = greenRunWith(state);
      const [unread] = joinRuns([{ ...part, steps: steps.slice(0, 1) }]);
      expect(mergeRun(run, unread).state).toBe(judged);
    });

    it('is neither green nor fresh on the page', () => {
      const { health, rules } = assessHealth(
        {
          observedAt: now.toISOString(),
          resources: [],
          runs: [run],
          problems: [],
        },
        now,
      );
      expect(health).not.toBe('healthy');
      const fresh = rules.find(({ name }) => name === 'freshness');
      expect(fresh).toMatchObject({ health: 'unknown' });
    });
  },
);

it('is green if all its tasks succeeded', () => {
  expect(joinRuns([greenRunWith('succeeded')])[0].state).toBe('succeeded');
});
