import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Runs `act` until it ends, is cancelled, or runs out of time.
 *
 * @param options - `what` and `late` make the error: "<what> timed out after … minutes. <late>"
 * @throws ServiceUnavailableError after `timeoutMinutes`, 60 by default
 *
 * @public
 */
export async function withTimeout<T>(
  options: {
    what: string;
    late: string;
    signal?: AbortSignal;
    timeoutMinutes?: number;
  },
  act: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { what, late, signal, timeoutMinutes = 60 } = options;
  const bound = AbortSignal.timeout(timeoutMinutes * 60_000);
  try {
    return await act(AbortSignal.any([bound, ...(signal ? [signal] : [])]));
  } catch (error) {
    if (!bound.aborted || signal?.aborted) throw error;
    throw new ServiceUnavailableError(
      `${what} timed out after ${timeoutMinutes} minutes. ${late}`,
      error as Error,
    );
  }
}
