/**
 * Runs all tasks concurrently, and returns when all have ended. The first failure cancels the running
 * tasks and keeps the others from starting, so that nothing happens any more when it is thrown.
 *
 * @throws the first failure
 *
 * @public
 */
export async function runConcurrently(
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
