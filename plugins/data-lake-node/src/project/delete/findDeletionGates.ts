import { toOwnership } from '@data-lake/plugin-data-lake-common';
import {
  DeletionAllowances,
  findDeletionGates as findStackDeletionGates,
} from '@data-lake/cloudformation';
import { Gate } from '../gate';
import { EnvironmentDeletionPlan } from './planEnvironmentDeletion';
import { TeardownRequest } from './TeardownRequest';

/** Lists the reasons why a planned deletion may not be applied; all or nothing: none between two stacks. */
export function findDeletionGates(
  plan: Pick<EnvironmentDeletionPlan, 'stacks'>,
  allowed: DeletionAllowances & Pick<TeardownRequest, 'entityRef'>,
): Gate[] {
  const fullBuckets = plan.stacks.flatMap(stack => stack.fullBuckets);
  const ownership = toOwnership(allowed.entityRef);
  const messages = findStackDeletionGates(
    { fullBuckets },
    { ...allowed, ownership },
  );
  return messages.map(message => ({
    kind: 'conflict',
    message: `Nothing was deleted: ${message}`,
  }));
}
