import { DeletionAllowances } from '@data-lake/cloudformation';
import { Gate } from '../gate';
import { TeardownRequest, toConfirmation } from './TeardownRequest';

/** Lists what a request lacks: the right name, if it gives one, and the first key to the data. */
export function findKeyGates(
  request: Pick<TeardownRequest, 'environment' | 'removable'> &
    Pick<DeletionAllowances, 'removeData'> & { confirm?: string },
): Gate[] {
  const { environment, confirm, removeData, removable } = request;
  const name = toConfirmation(environment);
  const gates: Gate[] = [];
  if (confirm !== undefined && confirm !== name) {
    gates.push({
      kind: 'input',
      message: `Nothing was deleted: to confirm, enter the name ${name}, not '${confirm}'`,
    });
  }
  if (removeData && !removable) {
    gates.push({
      kind: 'input',
      message: `The data of ${name} was not deleted: project.yaml does not say removable: true for ${environment.name}. Change that first, with a review`,
    });
  }
  return gates;
}
