import { isError } from '@backstage/errors';

/**
 * Returns the message of an error to show: the backend's own message if there is one, else that of the
 * error. Ends with a full stop.
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
