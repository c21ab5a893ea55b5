import { EnvironmentSnapshot } from '../../observation';
import { HealthRule } from '../../pipeline';
import { isActive } from '../isActive';
import { Run } from '../run';
import { toAge } from '../toAge';

/** Airflow starts a due run within seconds; more than a quarter of an hour is late. */
const graceMs = 15 * 60_000;

/** Assesses the age of the data, and whether new data is still to be expected. */
export function assessFreshness(
  { runs, schedule }: EnvironmentSnapshot,
  now: Date,
): HealthRule {
  const rule = (health: HealthRule['health'], text: string): HealthRule => ({
    name: 'freshness',
    health,
    text,
  });
  if (schedule?.paused && (schedule.description || isQueued(runs[0]))) {
    return rule('late', 'the DAG is paused, so no run starts');
  }
  const { nextAt } = schedule ?? {};
  if (nextAt && now.getTime() > Date.parse(nextAt) + graceMs) {
    const due = toAge(nextAt, now);
    return rule('late', `a run was due ${due} ago and has not started`);
  }
  const succeeded = runs.find(({ state }) => state === 'succeeded');
  const age = succeeded?.endedAt && toAge(succeeded.endedAt, now);
  if (age) {
    const promise = schedule?.description ?? 'no schedule';
    return rule('healthy', `data ${age} old, ${promise}`);
  }
  return runs[0] && isActive(runs[0])
    ? rule('running', 'the first data is on its way')
    : rule('unknown', 'no run has produced data yet');
}

const isQueued = (run: Run | undefined) => run?.state === 'queued';
