import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { translateAwsError } from '../../errors/errors';
import { withCause } from '../../errors/withCause';
import { RestApiRequest } from './restApiRequest';
import { RestApiFailure } from './restApiFailure';

/** Translates an error of a request to one of Backstage's, by Airflow's own status if there is one. */
export function translateRestApiError(
  error: unknown,
  request: RestApiRequest,
): Error {
  const { method, path, environment } = request;
  const doing = `${method} ${path} in Airflow of MWAA environment ${environment}`;
  if (!(error instanceof RestApiFailure)) {
    return isUnreachable(error)
      ? withCause(toUnreachable(environment, doing), error)
      : translateAwsError(error, doing);
  }
  switch (error.type) {
    case 'RestApiClientException':
      return withCause(toRefusal(error, doing), error);
    case 'RestApiServerException':
      return withCause(toServerError(error, doing), error);
    default:
      return translateAwsError(
        Object.assign(error, { $metadata: { httpStatusCode: error.status } }),
        { what: doing, action: 'airflow:InvokeRestApi' },
      );
  }
}

/** A private web server is, outside its VPC. A local one that does not run has an error of its own. */
function isUnreachable(error: unknown): boolean {
  const { code, name, hostname } = error as Record<string, unknown>;
  const isRemote = !/^(127\.|localhost)/.test(String(hostname ?? ''));
  return (
    isRemote &&
    (code === 'ENOTFOUND' || code === 'ETIMEDOUT' || name === 'TimeoutError')
  );
}

const toUnreachable = (environment: string, doing: string) =>
  new ServiceUnavailableError(
    `Airflow of MWAA environment ${environment} does not answer (${doing}). If its web server is private, let Backstage into its VPC, or set awsDeploy.endpoints.airflow`,
  );

function toServerError(
  { innerStatus, message }: RestApiFailure,
  doing: string,
) {
  const reason = `${innerStatus ?? 'no status'}: ${message}`;
  return new ServiceUnavailableError(
    `Airflow's web server failed ${doing} (${reason}). Try again; if it persists, see the environment's web server log`,
  );
}

/** Airflow's own status counts, not the 400 around it. */
function toRefusal(failure: RestApiFailure, doing: string): Error {
  const status = failure.innerStatus ?? 400;
  const text = `Airflow refused ${doing} (${status}): ${failure.message}`;
  if (status === 401 || status === 403) {
    return new NotAllowedError(
      `${text}. The credentials need airflow:InvokeRestApi on a role of the environment that may do this, such as role/<environment>/User`,
    );
  }
  if (status === 404) return new NotFoundError(text);
  if (status === 409) return new ConflictError(text);
  if (status === 429) return new ServiceUnavailableError(text);
  return new InputError(text);
}
