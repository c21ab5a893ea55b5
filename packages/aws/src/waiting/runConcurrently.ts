/**
 * Does all, and returns when all have ended. After the first failure nothing more is begun, and what
 * goes on is cancelled: whoever sees the failure can rely on nothing happening any more.
 *
 * @throws the first failure
 */
export async function sideBySide(
  toTasks: (signal: AbortSignal) => readonly (() => Promise<void>)[],
  signal?: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const any = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  const failures: unknown[] = [];
  await Promise.all(
    toTasks(any).map(async task => {
      try {
        any.throwIfAborted();
        await task();
      } catch (error) {
        failures.push(error);
        stop.abort();
      }
    }),
  );
  if (signal?.aborted) signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
