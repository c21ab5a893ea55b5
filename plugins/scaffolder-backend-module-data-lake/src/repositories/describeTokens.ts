import { CodeHostType } from './codeHosts/CodeHostType';
import { HostError } from './codeHosts/HostApi';
import { getStatus } from './git/remote';

/**
 * Does something at a host; an error says which token was refused, and what it must be allowed to do.
 *
 * @param attempt - `isPersons`: whether the token is the person's own; `what`: completes "cannot …"
 */
export async function describeTokens<T>(
  attempt: {
    type: CodeHostType;
    host: string;
    isPersons: boolean;
    what: string;
  },
  act: () => Promise<T>,
): Promise<T> {
  const { type, host, isPersons, what } = attempt;
  try {
    return await act();
  } catch (error) {
    const message = toMessage(error);
    const whose = isPersons
      ? `Your token for ${host}`
      : `Backstage's own credential for ${host} (integrations)`;
    const advice = isRefusal(error, message)
      ? `. ${whose} needs ${type.tokenNeeds}. ${
          isPersons ? 'Sign in again, and start' : 'Correct it, and retry'
        } the task`
      : '';
    throw new Error(`Cannot ${what} at ${host}: ${message}${advice}`, {
      cause: error,
    });
  }
}

function toMessage(error: unknown): string {
  // Git's client only says that it was not asked again
  if (getStatus(error) === 401) return '401, the token is not accepted';
  return error instanceof Error ? error.message : String(error);
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
