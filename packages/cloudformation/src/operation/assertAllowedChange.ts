import { ConflictError, NotAllowedError } from '@backstage/errors';
import { AwsClients } from '@data-lake/aws';
import {
  Change,
  ChangeDescription,
  describeChange,
} from '../change/describeChange';
import { Allowances, findGates } from '../change/findGates';
import { ChangePlan } from '../change/planDeployment';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { describeResources, describeWarnings } from './describePreview';
import { PlannedStack } from './planStackNow';
import { PreparedChangeSet } from './prepareChangeSet';

interface GateWork {
  clients: AwsClients;
  spec: DeploymentSpec;
  log: (line: string) => void;
  signal?: AbortSignal;
  allow?: Allowances;
  previewDigest?: string;
}

/**
 * Checks a change set before it is executed, and logs its resources.
 *
 * @throws ConflictError if it is not what was previewed, NotAllowedError if a gate is closed
 */
export async function assertAllowedChange(
  work: GateWork,
  { plan, stack, newest }: PlannedStack<ChangePlan>,
  { resources, nestedChanges, actual, warnings }: PreparedChangeSet,
): Promise<void> {
  const description = await describeAsPreviewed(work, {
    does: plan.do,
    resources,
    nested: nestedChanges,
    actual,
    changeSetName: plan.changeSetName,
    stack: plan.do === 'update' ? stack : undefined,
    lastEvent: newest.at(-1)?.id,
  });
  describeResources(description.resources).forEach(work.log);
  describeWarnings(warnings).forEach(work.log);
  const gates = findGates(description, work.allow ?? {});
  if (gates.length > 0) {
    throw new NotAllowedError(
      `Stack ${work.spec.stackName} was not changed. ${gates.join('. ')}`,
    );
  }
}

/**
 * Describes a change, which must be the one that was previewed.
 *
 * @throws ConflictError if it is not
 */
export async function describeAsPreviewed(
  work: GateWork,
  change: Omit<Change, 'clients' | 'spec' | 'signal'>,
): Promise<ChangeDescription> {
  const { clients, spec, signal, previewDigest } = work;
  const description = await describeChange({
    clients,
    spec,
    signal,
    ...change,
  });
  if (previewDigest !== undefined && previewDigest !== description.digest) {
    throw new ConflictError(
      `The change of stack ${spec.stackName} is not the one that was previewed: the stack or the request has changed since. Preview again`,
    );
  }
  return description;
}
