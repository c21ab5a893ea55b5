import type { ServiceId } from '@data-lake/plugin-data-lake-common';
import type { Cause } from './findCause';

/** The facts of a cause that a step and a resource have in common. */
export interface CauseDescription {
  service: ServiceId;
  kind: string;
  name: string;
  message?: string;
  consoleUrl?: string;
  since?: string;
}

/** Describes a cause, whether it is a step or a resource. */
export function describeCause(cause: Cause): CauseDescription {
  if (cause.by === 'step') {
    const { service, kind, name, error, consoleUrl } = cause.step;
    const { since } = cause;
    return { service, kind, name, message: error, consoleUrl, since };
  }
  const { service, type, name, reason, consoleUrl, updatedAt } = cause.resource;
  return {
    service,
    kind: type,
    name,
    message: reason,
    consoleUrl,
    since: updatedAt,
  };
}
