import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';

/** Puts into the audit log who changes what, where, and how it ended. */
export async function audited<T>(
  options: {
    auditor: AuditorService;
    ctx: Pick<ActionContext<any>, 'task' | 'user'>;
    eventId: string;
    meta: JsonObject;
  },
  change: () => Promise<T>,
): Promise<T> {
  const { auditor, ctx, eventId, meta } = options;
  const event = await auditor.createEvent({
    eventId,
    severityLevel: 'medium',
    meta: { ...meta, user: ctx.user?.ref ?? 'unknown', task: ctx.task.id },
  });
  try {
    const result = await change();
    await event.success();
    return result;
  } catch (error) {
    await event.fail({ error: error as Error });
    throw error;
  }
}
