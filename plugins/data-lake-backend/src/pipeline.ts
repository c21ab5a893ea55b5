import {
  Account,
  Action,
  EnvironmentStatus,
  worstHealth,
} from '@data-lake/plugin-data-lake-common';
import { hasActiveRun, judge } from '@data-lake/plugin-data-lake-node';
import { Rights } from './Access';
import { CollectConfig } from './config';
import { Stored } from './store/PipelineStore';
import { RefusedTarget, Target } from './targets';

/** Whether what is known is too old for a page that is open now. */
export function isStale(
  stored: Stored,
  { now, collect }: { now: Date; collect: CollectConfig },
): boolean {
  if (!stored.triedAt) return true;
  const seconds = hasActiveRun(stored.runs)
    ? collect.activeSeconds
    : collect.idleSeconds;
  return now.getTime() - Date.parse(stored.triedAt) >= seconds * 1_000;
}

/** What the page shows of an environment, as the store has it. */
export function toStatus(
  target: Target,
  stored: Stored,
  options: { now: Date; accounts: Account[]; rights: Rights },
): EnvironmentStatus {
  const { name, account, region } = target.environment;
  const { observedAt, observing, resources, runs, problems } = stored;
  return {
    name,
    account,
    accountName: options.accounts.find(({ id }) => id === account)?.name,
    region,
    observedAt,
    observing,
    ...judge(stored, options.now),
    resources,
    runs,
    problems,
    actions: {
      ...options.rights,
      run: toRunAction(stored, options.rights.run),
    },
  };
}

/** Why a run cannot be started here now; the first reason counts. */
function toRunAction(stored: Stored, right: Action): Action {
  const no = (reason: string) => ({ allowed: false, reason });
  if (!right.allowed) return right;
  if (!stored.observedAt) return no('Not observed yet');
  const mwaa = stored.resources.find(r => r.type === 'AWS::MWAA::Environment');
  if (mwaa && mwaa.health !== 'healthy') {
    return no(`MWAA environment ${mwaa.name} is ${mwaa.status}`);
  }
  if (!stored.trigger) return no('Airflow does not know the DAG yet');
  if (stored.schedule?.paused) {
    return no(
      'The DAG is paused: a run would stay queued. Unpause it in Airflow',
    );
  }
  return { allowed: true };
}

/** An environment that is not observed, and why. */
export function toRefusedStatus(
  { name, account, region, health, message }: RefusedTarget,
  accounts: Account[],
): EnvironmentStatus {
  const no: Action = { allowed: false, reason: message };
  return {
    name,
    account,
    accountName: accounts.find(({ id }) => id === account)?.name,
    region,
    observing: false,
    health: worstHealth([health]),
    reason: `${health === 'denied' ? 'Denied' : 'Failing'} – ${message}`,
    rules: [],
    resources: [],
    runs: [],
    problems: [{ service: 'cloudformation', health, message }],
    actions: { run: no, deploy: no, delete: no },
  };
}
