/** Sets the cause without its text: Backstage's errors would append it to a message that holds it already. */
export function withCause<E extends Error>(error: E, cause: unknown): E {
  return Object.defineProperty(error, 'cause', { value: cause });
}
