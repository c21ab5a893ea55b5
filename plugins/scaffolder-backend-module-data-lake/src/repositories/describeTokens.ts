import { CodeHostType } from './codeHosts/CodeHostType';
import { HostError } from './codeHosts/HostApi';
import { getStatus } from './git/remote';

/**
 * Does something at a host; an error says which token was refused, and what it must be allowed to do.
 *
 * @param attempt - `hasToken`: whether the person's own token is used; `what`: completes "cannot …"
 */
export async function describeTokens<T>(
  attempt: {
    type: CodeHostType;
    host: string;
    hasToken: boolean;
    what: string;
  },
  act: () => Promise<T>,
): Promise<T> {
  const { type, host, hasToken, what } = attempt;
  try {
    return await act();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const whose = hasToken
      ? `Your token for ${host}`
      : `Backstage's own credential for ${host} (integrations)`;
    const advice = isRefusal(error, message)
      ? `. ${whose} needs ${type.tokenNeeds}. ${
          hasToken ? 'Sign in again, and start' : 'Correct it, and retry'
        } the task`
      : '';
    throw new Error(`Cannot ${what} at ${host}: ${message}${advice}`, {
      cause: error,
    });
  }
}

function isRefusal(error: unknown, message: string): boolean {
  const { response } = error as { response?: { status?: number } };
  const status =
    error instanceof HostError
      ? error.status
      : getStatus(error) ?? response?.status;
  if (status) return status === 401 || status === 403 || status === 404;
  return /\b40[134]\b|scope|credentials|permission|not accessible|not authori[sz]ed|unauthorized|forbidden|denied|declined|TF\d{6}/i.test(
    message,
  );
}
