import { AuditorService } from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { audited, Note } from '@data-lake/aws';

/**
 * Writes a step to the audit log with its caller and task, and how it ended. Access is checked inside the
 * act, so that a refusal is logged as a failure.
 *
 * @public
 */
export function auditStep<T>(
  options: {
    auditor: AuditorService;
    ctx: Pick<ActionContext<any>, 'task' | 'user'>;
    eventId: string;
    meta: JsonObject;
  },
  act: (note: Note) => Promise<T>,
): Promise<T> {
  const { auditor, ctx, eventId, meta } = options;
  const caller = { user: ctx.user?.ref ?? 'unknown', task: ctx.task.id };
  return audited({ auditor, eventId, meta: { ...meta, ...caller } }, act);
}
