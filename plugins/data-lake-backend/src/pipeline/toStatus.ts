import {
  Account,
  Action,
  assessHealth,
  EnvironmentStatus,
  ObservedEnvironment,
} from '@data-lake/plugin-data-lake-common';
import { EntityRights } from '@data-lake/plugin-data-lake-node';
import { RefusedEnvironment } from '../observe/environments';
import { StoredObservation } from '../store/ObservationStore';
import { findRunRefusal } from './findRunRefusal';

/** The status of an environment, from the store. */
export function toStatus(
  environment: ObservedEnvironment,
  stored: StoredObservation,
  options: { now: Date; accounts: Account[]; rights: EntityRights },
): EnvironmentStatus {
  const { observedAt, observing, resources, runs, problems } = stored;
  const { now, accounts, rights } = options;
  return {
    ...toPlace(environment, accounts),
    observedAt,
    observing,
    ...assessHealth(stored, now),
    resources,
    runs,
    problems,
    actions: { ...rights, run: toRunAction(stored, rights.run) },
  };
}

/** The status of an environment that is not observed, and the reason. */
export function toRefusedStatus(
  environment: RefusedEnvironment,
  accounts: Account[],
): EnvironmentStatus {
  const { health, refusal } = environment;
  const no: Action = { allowed: false, reason: refusal };
  return {
    ...toPlace(environment, accounts),
    observing: false,
    health,
    reason: `${health === 'denied' ? 'Denied' : 'Failing'} – ${refusal}`,
    rules: [],
    resources: [],
    runs: [],
    problems: [{ service: 'cloudformation', health, message: refusal }],
    actions: { run: no, deploy: no, delete: no },
  };
}

function toPlace(
  { name, account, region }: { name: string; account: string; region: string },
  accounts: Account[],
) {
  const accountName = accounts.find(({ id }) => id === account)?.name;
  return { name, account, accountName, region };
}

function toRunAction(stored: StoredObservation, right: Action): Action {
  if (!right.allowed) return right;
  const reason = findRunRefusal(stored);
  return reason ? { allowed: false, reason } : right;
}
