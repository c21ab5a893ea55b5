import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Does something until it is cancelled, or until its time is over.
 *
 * @param options - `timeoutMinutes`: 60 where absent; `late`: what to say then, after "… minutes. "
 * @throws ServiceUnavailableError where it takes too long
 */
export async function inTime<T>(
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
      `${what} has not ended in ${timeoutMinutes} minutes. ${late}`,
      error as Error,
    );
  }
}
