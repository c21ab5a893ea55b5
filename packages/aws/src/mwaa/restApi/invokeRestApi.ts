import { InputError } from '@backstage/errors';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClients } from '../../clients/clients';
import { isTransient } from './restApiFailure';
import { RestApiRequest } from './restApiRequest';
import { sendRestApiRequest } from './sendRestApiRequest';
import { translateRestApiError } from './translateRestApiError';

const maxPathLength = 64;
const maxAttempts = 4;

/**
 * Calls Airflow's REST API through MWAA, and returns Airflow's answer. It signs the request itself, as
 * the newest client of MWAA on the registry lacks this operation. It tries a read up to four times
 * while the web server fails, and a write once.
 *
 * @throws InputError, NotAllowedError, NotFoundError, ConflictError by Airflow's own status;
 * ServiceUnavailableError if the web server does not answer
 * @see https://docs.aws.amazon.com/mwaa/latest/API/API_InvokeRestApi.html
 * @public
 */
export async function invokeRestApi(
  clients: AwsClients,
  request: RestApiRequest,
): Promise<unknown> {
  const { path, signal } = request;
  if (path.length > maxPathLength) {
    throw new InputError(
      `MWAA allows ${maxPathLength} characters in a REST path, and '${path}' has ${path.length}`,
    );
  }
  const attempts = isRead(request) ? maxAttempts : 1;
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendRestApiRequest(clients, request);
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) {
        throw translateRestApiError(error, request);
      }
    }
    const pause = 2 ** attempt * 150 * (0.5 + Math.random() / 2);
    await sleep(pause, undefined, { signal });
  }
}

/** `POST /dags/~/dagRuns/list` and similar requests only read. */
function isRead({ method, path }: RestApiRequest): boolean {
  return method === 'GET' || (method === 'POST' && path.endsWith('/list'));
}
