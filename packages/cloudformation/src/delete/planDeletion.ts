import { listForeignTags, OwnershipTag } from '../stack/ownership';
import { StackState } from '../stack/stack';

/** The decision what deleting a stack means in its state. */
export type DeletionDecision =
  | { do: 'nothing' }
  /** The stack is already being deleted. */
  | { do: 'follow'; stackId: string }
  | { do: 'refuse'; reason: string }
  | { do: 'delete'; stackId: string };

/** Decides what deleting a stack means in its state. */
export function planDeletion(options: {
  stackName: string;
  stack: StackState | undefined;
  ownership: readonly OwnershipTag[];
}): DeletionDecision {
  const { stackName, stack, ownership } = options;
  if (!stack) return { do: 'nothing' };
  const reason = findRefusal(stackName, stack, ownership);
  if (reason) return { do: 'refuse', reason };
  return {
    do: stack.status === 'DELETE_IN_PROGRESS' ? 'follow' : 'delete',
    stackId: stack.id,
  };
}

function findRefusal(
  stackName: string,
  stack: StackState,
  ownership: readonly OwnershipTag[],
): string | undefined {
  const { status, terminationProtection } = stack;
  const [foreign] = listForeignTags(stack, ownership);
  if (foreign) {
    const { key, actual, expected } = foreign;
    return `Stack ${stackName} belongs to ${
      actual ?? `no owner (it has no tag ${key})`
    }, not to ${expected ?? 'no owner: name its owner'}. It was not deleted`;
  }
  if (terminationProtection) {
    return `Stack ${stackName} has termination protection. Turn it off in the console (Stack actions), then delete the stack`;
  }
  const isBusy =
    status.endsWith('_IN_PROGRESS') &&
    !['DELETE_IN_PROGRESS', 'REVIEW_IN_PROGRESS'].includes(status);
  if (isBusy) {
    return `Stack ${stackName} is ${status}: another operation is in progress. Delete the stack once it has ended`;
  }
  return undefined;
}
