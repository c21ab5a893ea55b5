import { isError } from '@backstage/errors';

/**
 * What to tell a reader of an error: what the backend said, where it said something, rather than the
 * status of its answer. Ends with a full stop.
 */
export function toMessage(error: unknown): string {
  if (!isError(error)) return toSentence(String(error));
  const { cause } = error;
  return toSentence(
    isError(cause) && cause.message ? cause.message : error.message,
  );
}

function toSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
