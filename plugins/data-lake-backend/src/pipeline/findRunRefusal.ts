import { StoredObservation } from '../store/ObservationStore';

/** Finds the first reason why no run can be started now; the caller's rights apart. */
export function findRunRefusal(
  stored: Pick<
    StoredObservation,
    'observedAt' | 'resources' | 'dag' | 'schedule'
  >,
): string | undefined {
  if (!stored.observedAt) return 'Not observed yet';
  const mwaa = stored.resources.find(r => r.type === 'AWS::MWAA::Environment');
  if (mwaa && mwaa.health !== 'healthy') {
    return `MWAA environment ${mwaa.name} is ${mwaa.status}`;
  }
  if (!stored.dag) return 'Airflow does not know the DAG yet';
  if (stored.schedule?.paused) {
    return 'The DAG is paused: a run would stay queued. Unpause it in Airflow';
  }
  return undefined;
}
