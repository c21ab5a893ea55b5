import { EnvironmentSnapshot } from '../../observation';
import { HealthRule } from '../../pipeline';
import { isActive } from '../isActive';
import { compareText } from '../order';
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
  const publishedAt = succeeded && getPublishedAt(succeeded);
  const age = publishedAt && toAge(publishedAt, now);
  if (age) {
    const promise = schedule?.description ?? 'no schedule';
    return rule('healthy', `data ${age} old, ${promise}`);
  }
  return runs[0] && isActive(runs[0])
    ? rule('running', 'the first data is on its way')
    : rule('unknown', 'no run has produced data yet');
}

/** When the run's execution ended, which publishes: tasks that are cleared after it end later and change no data. */
function getPublishedAt({ steps, endedAt }: Run): string | undefined {
  const [newest] = steps
    .filter(({ kind, state }) => kind === 'execution' && state === 'succeeded')
    .sort((a, b) => compareText(b.endedAt, a.endedAt));
  return newest?.endedAt ?? endedAt;
}

const isQueued = (run: Run | undefined) => run?.state === 'queued';
