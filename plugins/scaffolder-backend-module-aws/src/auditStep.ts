import {
  AuditorService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ActionContext } from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import { audited, Note } from '@data-lake/aws';

/**
 * Writes a step to the audit log with its caller and task, and how it ended. Access is checked inside the
 * act, so that a refusal is logged as a failure. The caller is who started the task, or retried it last; who
 * created it is named beside. Who cancels a task, the scaffolder tells no step: its own event `task` names
 * them.
 *
 * @public
 */
export async function auditStep<T>(
  options: {
    auditor: AuditorService;
    ctx: Pick<ActionContext<any>, 'getInitiatorCredentials' | 'task' | 'user'>;
    eventId: string;
    meta: JsonObject;
  },
  act: (note: Note) => Promise<T>,
): Promise<T> {
  const { auditor, ctx, eventId, meta } = options;
  const caller = {
    user: toCaller(await ctx.getInitiatorCredentials()),
    createdBy: ctx.user?.ref ?? 'unknown',
    task: ctx.task.id,
  };
  return audited({ auditor, eventId, meta: { ...meta, ...caller } }, act);
}

function toCaller({ principal }: BackstageCredentials): string {
  const { userEntityRef, subject } = principal as {
    userEntityRef?: string;
    subject?: string;
  };
  return userEntityRef ?? subject ?? 'unknown';
}
