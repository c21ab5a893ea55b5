import { ServiceUnavailableError } from '@backstage/errors';

/**
 * Acts within the time that a signal allows: an end of the time says what was being done, and what to do next,
 * instead of an abort without words.
 *
 * @throws ServiceUnavailableError when the signal aborts; else the errors of `act`
 */
export async function explainAbort<T>(
  options: { signal?: AbortSignal; what: string; late: string },
  act: () => Promise<T>,
): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    throw new ServiceUnavailableError(
      `${options.what} took too long. ${options.late}`,
    );
  }
}
