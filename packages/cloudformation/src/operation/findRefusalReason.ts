import { ChangeSetRef, ChangeSetState } from '../stack/changeSet';
import { listHookFailures, toHookText } from '../stack/hooks';
import { listValidationErrors } from '../stack/listValidationErrors';

/** Finds why CloudFormation refused a change set: its reason, what its early validation found, what hooks answered. */
export async function findRefusalReason(
  { clients, stackId, id }: ChangeSetRef,
  { reason, state }: Pick<ChangeSetState, 'reason' | 'state'>,
): Promise<string> {
  const found = await listValidationErrors({
    clients,
    stackId,
    changeSetId: id,
    reason,
  });
  const hooks = /\bhook/i.test(reason ?? '')
    ? await listHookFailures({ clients, changeSetId: id }).then(
        answers => answers.map(toHookText),
        (error: Error) => [
          `What the hooks answered is unknown: ${error.message}`,
        ],
      )
    : [];
  const given = reason ? [reason] : [];
  const says = [...(found.length > 0 ? found : given), ...hooks];
  const none =
    state === 'unavailable'
      ? 'it is created, but not available for execution'
      : 'it gives no reason';
  return says.join('; ') || none;
}
