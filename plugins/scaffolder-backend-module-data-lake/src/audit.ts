import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';

/**
 * Puts into the audit log who changes what, where, and how it ended; what somebody may not do is tried
 * here too, so that it is there as a failure. What comes to be known meanwhile is noted, and written with
 * the end, whichever it is.
 */
export async function audited<T>(
  options: {
    auditor: AuditorService;
    ctx: Pick<ActionContext<any>, 'task' | 'user'>;
    eventId: string;
    meta: JsonObject;
  },
  change: (note: (more: JsonObject) => void) => Promise<T>,
): Promise<T> {
  const { auditor, ctx, eventId, meta } = options;
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    meta: { ...meta, user: ctx.user?.ref ?? 'unknown', task: ctx.task.id },
  });
  const noted: JsonObject = {};
  try {
    const result = await change(more => Object.assign(noted, more));
    await event.success({ meta: noted });
    return result;
  } catch (error) {
    await event.fail({ meta: noted, error: error as Error });
    throw error;
  }
}

/** What notes the change set of each stack as it comes to be known. */
export function toNoteChangeSet(
  note: (more: JsonObject) => void,
): (changeSet: string, stackName: string) => void {
  const changeSets: JsonObject = {};
  return (changeSet, stackName) => {
    changeSets[stackName] = changeSet;
    note({ changeSets: { ...changeSets } });
  };
}
