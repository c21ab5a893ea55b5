import { ConflictError, InputError } from '@backstage/errors';
import { DeployPlan } from '../change/planDeployment';

/** Makes the error of a plan that refuses a deployment. */
export function toRefusal(plan: Extract<DeployPlan, { do: 'refuse' }>): Error {
  return plan.because === 'input'
    ? new InputError(plan.reason)
    : new ConflictError(plan.reason);
}
