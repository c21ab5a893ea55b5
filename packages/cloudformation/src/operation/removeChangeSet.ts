import { AwsClients } from '@data-lake/aws';
import { ChangePlan } from '../change/planDeployment';
import { ChangeSetRef } from '../stack/changeSet';
import { deleteChangeSet } from '../stack/deleteChangeSet';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { hasNestedStacks } from '../stack/nestedChanges';
import { deleteEmptyStack } from './deleteEmptyStack';

interface RemoveWork {
  clients: AwsClients;
  spec: DeploymentSpec;
  plan: ChangePlan;
}

/**
 * Removes a change set, and the empty stack that a first one creates. A failure is no error, since
 * nothing of the stack was changed.
 *
 * @returns what is left, why, and how to remove it; undefined if nothing is left
 */
export async function removeChangeSet(
  { clients, spec, plan }: RemoveWork,
  changeSet: ChangeSetRef,
): Promise<string | undefined> {
  const { stackId, id } = changeSet;
  const isFirst = plan.do === 'create';
  const { region } = clients.target;
  const aws = `aws cloudformation --region ${region}`;
  const deleteStack = `${aws} delete-stack --stack-name ${stackId}`;
  try {
    await deleteChangeSet(changeSet, {
      isNesting: hasNestedStacks(spec.template),
    });
  } catch (error) {
    const what = `change set ${plan.changeSetName} of stack ${spec.stackName}`;
    return isFirst
      ? toLeft(`${what}, and the stack, which is empty`, error, deleteStack)
      : toLeft(
          what,
          error,
          `${aws} delete-change-set --stack-name ${stackId} --change-set-name ${id}`,
        );
  }
  if (!isFirst) return undefined;
  try {
    await deleteEmptyStack(clients, spec, stackId);
    return undefined;
  } catch (error) {
    const what = `stack ${spec.stackName}, which is empty (REVIEW_IN_PROGRESS)`;
    return toLeft(what, error, deleteStack);
  }
}

const toLeft = (what: string, error: unknown, command: string) =>
  `May be left: ${what}. ${(error as Error).message.replace(
    /\.$/,
    '',
  )}. Remove it with: ${command}`;
