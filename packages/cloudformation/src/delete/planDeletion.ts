import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { asObject } from '../template/evaluateTemplate';
import { StackState } from '../stack/stack';
import { HeldResource } from '../stack/stackResources';

/**
 * What deleting a stack means, decided before anything is done.
 *
 * @public
 */
export type DeletionPlan =
  | { do: 'nothing' }
  /** It is being deleted already. */
  | { do: 'follow'; stackId: string }
  | { do: 'refuse'; reason: string }
  | {
      do: 'delete';
      stackId: string;
      goes: HeldResource[];
      /** Outlives the stack, by its deletion policy. */
      stays: HeldResource[];
    };

/**
 * Decides what deleting means for a stack in its state.
 *
 * @param options - `entity` is whose stack it must be; `template` is the stack's, as data
 * @public
 */
export function planDeletion(options: {
  stackName: string;
  stack: StackState | undefined;
  entity: string | undefined;
  resources: readonly HeldResource[];
  template: unknown;
}): DeletionPlan {
  const { stackName, stack, entity, resources, template } = options;
  if (!stack) return { do: 'nothing' };
  const reason = findRefusal(stackName, stack, entity);
  if (reason) return { do: 'refuse', reason };
  if (stack.status === 'DELETE_IN_PROGRESS') {
    return { do: 'follow', stackId: stack.id };
  }
  const policies = asObject(asObject(template).Resources);
  const stays = ({ logicalId }: HeldResource) =>
    ['Retain', 'RetainExceptOnCreate'].includes(
      String(asObject(policies[logicalId]).DeletionPolicy),
    );
  return {
    do: 'delete',
    stackId: stack.id,
    goes: resources.filter(resource => !stays(resource)),
    stays: resources.filter(stays),
  };
}

function findRefusal(
  stackName: string,
  { status, tags, terminationProtection }: StackState,
  entity: string | undefined,
): string | undefined {
  const theirs = tags[tagKeys.entity];
  if (theirs !== entity) {
    return `Stack ${stackName} belongs to ${
      theirs ?? 'no entity (it has no data-lake:entity tag)'
    }, not to ${entity ?? 'nobody: name its entity'}. It is not deleted`;
  }
  if (terminationProtection) {
    return `Stack ${stackName} has termination protection. Whoever may delete it turns that off first, in the console under Stack actions`;
  }
  const isBusy =
    status.endsWith('_IN_PROGRESS') &&
    !['DELETE_IN_PROGRESS', 'REVIEW_IN_PROGRESS'].includes(status);
  if (isBusy) {
    return `Stack ${stackName} is ${status}: an operation is going on. Delete it when that has ended`;
  }
  return undefined;
}
