import { redact } from '@data-lake/aws';
import { Problem, ServiceId } from '@data-lake/plugin-data-lake-common';

/**
 * Makes a Problem of an error, in one line and without secrets: Backstage's errors repeat their cause in the
 * message.
 *
 * @public
 */
export function toProblem(service: ServiceId, error: Error): Problem {
  const [message] = error.message.split('; caused by ');
  return {
    service,
    health: toHealth(error),
    message: redact(message).replace(/\s+/g, ' ').trim(),
  };
}

/** Never more than the error says. */
function toHealth({ name }: Error): Problem['health'] {
  if (name === 'NotAllowedError') return 'denied';
  if (name === 'NotFoundError') return 'gone';
  return 'unknown';
}
