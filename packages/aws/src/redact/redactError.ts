import { redact } from './redact';

/**
 * Redacts an error and its causes in place: logs write the stack, which repeats the message.
 *
 * @param secrets - values that are known to be secret
 * @public
 */
export function redactError<E>(error: E, secrets: readonly string[] = []): E {
  const seen = new Set<unknown>();
  for (
    let one: unknown = error;
    one instanceof Error && !seen.has(one);
    one = (one as { cause?: unknown }).cause
  ) {
    seen.add(one);
    one.message = redact(one.message, secrets);
    if (one.stack) one.stack = redact(one.stack, secrets);
  }
  return error;
}
