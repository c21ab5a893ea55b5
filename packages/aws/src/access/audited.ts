import type {
  AuditorService,
  AuditorServiceCreateEventOptions,
} from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { redactError } from '../redact/redactError';

/** Adds to the audit event what becomes known during the act. @public */
export type Note = (more: JsonObject) => void;

/**
 * Writes an act to the audit log, and how it ended. Access is checked inside the act, so that a refusal
 * is logged as a failure.
 *
 * @param event - the event, with the caller in its `meta`
 * @param act - its notes are written with the end, whichever that is
 * @public
 */
export async function audited<T>(
  {
    auditor,
    ...event
  }: AuditorServiceCreateEventOptions & { auditor: AuditorService },
  act: (note: Note) => Promise<T>,
): Promise<T> {
  const open = await auditor.createEvent({ severityLevel: 'medium', ...event });
  const meta: JsonObject = {};
  try {
    const result = await act(more => Object.assign(meta, more));
    await open.success({ meta });
    return result;
  } catch (error) {
    await open.fail({ meta, error: redactError(error as Error) });
    throw error;
  }
}

/**
 * Writes a read to the audit log if it is refused: the many that are not would hide it. What the caller
 * cannot see counts as refused.
 *
 * @param event - the event, with the caller in its `meta`
 * @public
 */
export async function auditedIfRefused<T>(
  {
    auditor,
    ...event
  }: AuditorServiceCreateEventOptions & { auditor: AuditorService },
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (isRefusal(error as Error)) {
      const open = await auditor.createEvent({
        severityLevel: 'medium',
        ...event,
      });
      await open.fail({ error: redactError(error as Error) });
    }
    throw error;
  }
}

const isRefusal = ({ name }: Error) =>
  name === 'NotAllowedError' || name === 'NotFoundError';

/** Makes the callback that notes the change set of each stack. @public */
export function toNoteChangeSet(
  note: Note,
): (changeSet: string, stackName: string) => void {
  const changeSets: JsonObject = {};
  return (changeSet, stackName) => {
    changeSets[stackName] = changeSet;
    note({ changeSets: { ...changeSets } });
  };
}
