import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { calling, Doing } from '../errors/errors';
import { AwsClients } from './clients';

/**
 * Calls AWS by a HEAD request, as `calling` does. A refusal of such a request has a status and no reason; STS, which
 * needs no permission, then says whether the credentials are expired or wrong.
 *
 * @throws NotAllowedError of the credentials, or the error of the call
 * @public
 */
export async function callingHead<T>(options: {
  clients: Pick<AwsClients, 'sts'>;
  doing: Doing;
  call: () => Promise<T>;
  signal?: AbortSignal;
}): Promise<T> {
  const { clients, doing, call, signal } = options;
  try {
    return await calling(doing, call);
  } catch (error) {
    if (hasNoReason((error as Error).cause)) {
      await calling(doing, () =>
        clients.sts.send(new GetCallerIdentityCommand({}), {
          abortSignal: signal,
        }),
      );
    }
    throw error;
  }
}

/** S3 answers 400 to expired credentials, 403 to wrong ones and to a caller without the permission. */
function hasNoReason(cause: unknown): boolean {
  const { $metadata } = (cause ?? {}) as {
    $metadata?: { httpStatusCode?: number };
  };
  return [400, 401, 403].includes($metadata?.httpStatusCode ?? 0);
}
