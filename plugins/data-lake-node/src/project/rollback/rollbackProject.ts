import {
  Allowances,
  DeployOptions,
  deployStack,
  DeploymentResult,
} from '@data-lake/cloudformation';
import { assertNoGates } from '../gate';
import { findRollbackGates } from './findRollbackGates';
import {
  planRollback,
  RollbackPlan,
  RollbackPlanOptions,
} from './planRollback';

/** Options of `rollbackProject`. @public */
export interface RollbackOptions
  extends RollbackPlanOptions,
    Pick<DeployOptions, 'reports' | 'onChangeSet' | 'onCancel'> {
  allow?: Allowances;
  log: (line: string) => void;
  /** Limit of the wait; optional, default 60. */
  timeoutMinutes?: number;
}

/** Result of a rollback. @public */
export interface RollbackResult extends DeploymentResult {
  /** Release that runs now. */
  release: string;
  /** Release that ran before; empty for none. */
  former: string;
}

/**
 * Switches an environment back to a release that it ran before. Only the pointer changes: the stack
 * keeps its present template and parameters. DAGs are not part of a release.
 *
 * Afterwards the release that was left is the former one: a second rollback by another caller undoes the
 * first. One by the same caller continues the first, or finds it done.
 *
 * @throws NotFoundError if there is no stack or no former release
 * @throws ConflictError if objects of that release are missing or were overwritten
 * @public
 */
export async function rollbackProject(
  options: RollbackOptions,
): Promise<RollbackResult> {
  const plan = await planRollback(options);
  assertNoGates(findRollbackGates(plan, options.chosen));
  options.log(describeRollback(plan));
  const { release, former, spec } = plan;
  return { ...(await deployStack({ ...options, spec })), release, former };
}

const describeRollback = ({
  stackName,
  release,
  former,
  isStarted,
}: RollbackPlan) =>
  isStarted
    ? `An earlier try has switched ${stackName} to ${release}. To leave it again, name a release`
    : `Switching ${stackName} from ${former || 'no release'} to ${release}`;
