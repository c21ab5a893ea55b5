import { AwsClients } from '@data-lake/aws';
import {
  planStackDeletion,
  StackDeletionPlan,
} from '@data-lake/cloudformation';
import { EnvironmentAuthority } from '../../access/EnvironmentAuthority';
import { assertNoGates } from '../gate';
import { KeptOfStack, listKept } from '../kept/listKept';
import { findKeyGates } from './findKeyGates';
import { withKept } from './withKept';
import { findFoundations, OwnAirflow } from './findFoundations';
import { listStacksToDelete } from './listStacksToDelete';
import { BesideStacks, planBeside } from './planBeside';
import { DagFiles, planDagFiles } from './planDagFiles';
import { TeardownRequest, toConfirmation } from './TeardownRequest';
import { toStackDeletion } from './toStackDeletion';

/** Options of `planEnvironmentDeletion`. @public */
export interface DeletionPlanOptions
  extends TeardownRequest,
    EnvironmentAuthority {
  /** Clients of the environment's account and region. */
  clients: AwsClients;
  /** Second key: resources that would outlive the stacks are deleted too, with all objects in their buckets. */
  removeData?: boolean;
  /** Bucket of the account for templates over 51,200 bytes, which are uploaded there temporarily. */
  templateBucket?: string;
  log: (line: string) => void;
  signal?: AbortSignal;
  /** Limit of the wait for each stack; optional, default 60. */
  timeoutMinutes?: number;
}

/** Plan of an environment's deletion, as data. @public */
export interface EnvironmentDeletionPlan {
  /** Name of the environment. */
  environment: string;
  account: string;
  region: string;
  /** Name that confirms the deletion. */
  confirm: string;
  /** In the order of their deletion. */
  stacks: StackDeletionPlan[];
  /** Files of the DAG; absent if there is no bucket for them. */
  dags?: DagFiles;
  /** DAG whose runs must end first; absent if the environment has no foundations stack. */
  dag?: OwnAirflow;
  /** What stacks that are gone have left, for stacks to take over that are then deleted with it. */
  kept: KeptOfStack[];
  beside: BesideStacks;
}

/**
 * Plans the deletion of an environment: what it deletes and what it leaves. Changes nothing.
 *
 * @throws InputError if `removeData` is requested without `removable`
 * @throws ConflictError if a stack must not be deleted, such as another entity's
 * @public
 */
export async function planEnvironmentDeletion(
  options: DeletionPlanOptions,
): Promise<EnvironmentDeletionPlan> {
  const { clients, environment } = options;
  assertNoGates(findKeyGates(options));
  const names = await listStacksToDelete(options);
  const foundations = await findFoundations(options);
  const dags = await planDagFiles(options, foundations?.airflow);
  const present: StackDeletionPlan[] = [];
  for (const stackName of names) {
    present.push(
      await planStackDeletion({
        ...options,
        ...toStackDeletion(options, stackName),
      }),
    );
  }
  const prefix = toConfirmation(environment);
  const kept = await listKept({ ...options, prefix });
  const gone = kept.filter(
    ({ stackName, resources }) =>
      resources.length > 0 && isGone(present, stackName),
  );
  const stacks = await withKept(options, present, gone);
  return {
    environment: environment.name,
    account: clients.target.account,
    region: clients.target.region,
    confirm: prefix,
    stacks,
    dags,
    dag: foundations?.airflow,
    kept: options.removeData ? gone : [],
    beside: await planBeside({
      ...options,
      prefix,
      stacks,
      kept,
      foundations,
      dags,
    }),
  };
}

/** Whether an environment's stack does not exist. */
const isGone = (
  plans: readonly StackDeletionPlan[],
  stackName: string,
): boolean => {
  const plan = plans.find(each => each.stackName === stackName);
  return plan === undefined || plan.does === 'nothing';
};
