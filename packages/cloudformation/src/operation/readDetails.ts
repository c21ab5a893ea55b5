import { AwsClients } from '@data-lake/aws';
import { ActualState, readActualState } from '../stack/actualState';
import { ChangeSetRef, ChangeSetState } from '../stack/changeSet';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { listValidationWarnings } from '../stack/listValidationErrors';
import { listNestedChanges, NestedChange } from '../stack/nestedChanges';

/** What only further calls tell of a change set that can be executed. */
export interface ChangeSetDetails {
  /** Changes in nested stacks. */
  nestedChanges: NestedChange[];
  /** The actual state of resources that were changed outside CloudFormation, if drift is reverted. */
  actual?: ActualState;
  /** What CloudFormation warns of; it executes the change set all the same. */
  warnings: string[];
}

/** Reads the details of a change set. */
export async function readDetails(
  work: { clients: AwsClients; spec: DeploymentSpec; signal?: AbortSignal },
  changeSet: ChangeSetState & ChangeSetRef,
): Promise<ChangeSetDetails> {
  if (changeSet.state !== 'ready') return { nestedChanges: [], warnings: [] };
  const { spec, signal } = work;
  return {
    nestedChanges: await listNestedChanges(work, changeSet),
    actual: spec.revertDrift
      ? await readActualState({ ...changeSet, signal })
      : undefined,
    warnings: await listWarnings(changeSet),
  };
}

/** A warning that cannot be read fails no deployment, but is no absence of warnings. */
async function listWarnings({ clients, stackId, id }: ChangeSetRef) {
  try {
    return await listValidationWarnings({ clients, stackId, changeSetId: id });
  } catch (error) {
    return [
      `Whether CloudFormation warns of something is unknown: ${
        (error as Error).message
      }`,
    ];
  }
}
