import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { CredentialsError, credentialsAdvice } from './credentialsError';
import { FailureKind, kindByName } from './errorNames';
import { redact } from '../redact/redact';
import { redactError } from '../redact/redactError';
import { withCause } from './withCause';

/**
 * The act during which AWS may fail: in words that can follow "while", and the IAM action it needs.
 *
 * @public
 */
export interface Doing {
  /** Such as `reading stack movielens-demo-foundations in 123456789012/eu-west-1`. */
  what: string;
  /** IAM action to name if AWS does not name one itself, such as `cloudformation:DescribeStacks`. */
  action?: string;
}

/**
 * Calls AWS, and translates errors: `await calling('reading stack x', () => client.send(…))`.
 *
 * @public
 */
export async function calling<T>(
  doing: string | Doing,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translateAwsError(error, doing);
  }
}

/**
 * Translates an error of AWS to one of Backstage's. Its message says what was being done, what went
 * wrong and what to do next; the SDK's error is its cause. Both are redacted. Returns an abort, and an
 * error that is Backstage's already, as it is.
 *
 * @public
 */
export function translateAwsError(
  error: unknown,
  doing: string | Doing,
): Error {
  const failure = readFailure(error);
  if (failure.kind === 'translated') return error as Error;
  const { what, action } =
    typeof doing === 'string' ? ({ what: doing } as Doing) : doing;
  const made = makeError[failure.kind]({ ...failure, what, action });
  return withCause(made, redactError(error));
}

interface Failure {
  kind: FailureKind | 'translated';
  name: string;
  message: string;
  endpoint?: string;
}

type FailedCall = Omit<Failure, 'kind'> & Doing;

const makeError = {
  denied: ({ what, action, message }) =>
    new NotAllowedError(
      `AWS denied ${what}: the credentials need ${
        actionIn(message) ??
        action ??
        'an IAM permission that AWS does not name'
      }. Add it to the role's policy. AWS says: ${message}`,
    ),
  credentials: ({ what, name, message }) =>
    new CredentialsError(
      `AWS does not accept the credentials for ${what} (${name}: ${message}). ${credentialsAdvice}`,
    ),
  expired: ({ what, name, message }) =>
    new CredentialsError(
      `The credentials have expired, during ${what} (${name}: ${message}). ${credentialsAdvice}`,
    ),
  'not-found': ({ what, message }) =>
    new NotFoundError(`Not found while ${what}: ${message}`),
  conflict: ({ what, message }) =>
    new ConflictError(`Conflict while ${what}: ${message}`),
  throttled: ({ what, name }) =>
    new ServiceUnavailableError(
      `AWS throttled ${what} (${name}), even after retries. Try again in a minute`,
    ),
  unreachable: ({ what, endpoint, message }) =>
    new ServiceUnavailableError(unreachableText(what, endpoint, message)),
  unavailable: ({ what, name, message }) =>
    new ServiceUnavailableError(
      `AWS failed ${what} (${name}: ${message}), even after retries. Try again; if it persists, see https://health.aws.amazon.com`,
    ),
  input: ({ what, message }) =>
    new InputError(`AWS refused ${what}: ${message}`),
  other: ({ what, name, message }) =>
    new Error(`AWS failed ${what} (${name}: ${message})`),
} satisfies Record<FailureKind, (call: FailedCall) => Error>;

function unreachableText(
  what: string,
  endpoint: string | undefined,
  message: string,
): string {
  if (endpoint && /\/\/(127\.|localhost|\[::1\])/.test(endpoint)) {
    return `AWS endpoint ${endpoint} does not answer (${what}): is the local AWS running? Start it with ./dev start`;
  }
  return `AWS endpoint ${
    endpoint ?? ''
  } does not answer (${what}: ${message}). Check the network and the region`.replace(
    '  ',
    ' ',
  );
}

/** "User: … is not authorized to perform: glue:GetJob on resource: …" → `glue:GetJob` */
function actionIn(message: string): string | undefined {
  return /perform:? ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(message)?.[1];
}

const translated = new Set([
  'AbortError',
  'AuthenticationError',
  'ConflictError',
  'InputError',
  'NotAllowedError',
  'NotFoundError',
  'ServiceUnavailableError',
]);

function readFailure(error: unknown): Failure {
  const { name, message, status } = readSdkError(error);
  if (translated.has(name)) return { kind: 'translated', name, message };

  const network = networkFailure(error);
  if (network) return { kind: 'unreachable', name, message, ...network };

  if (/There is no AWS integration that matches/.test(message)) {
    return { kind: 'credentials', name: 'no credentials', message };
  }
  const kind =
    kindByMessage(name, message) ??
    kindByName.get(name) ??
    kindByStatus(status);
  return { kind, name, message };
}

function readSdkError(error: unknown) {
  const shape = (error ?? {}) as {
    name?: string;
    message?: string;
    Code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const known = kindByName.has(shape.name ?? '') ? shape.name : undefined;
  return {
    name: known ?? shape.Code ?? shape.name ?? 'Error',
    message: redact((shape.message || shape.name || String(error)).trim()),
    status: shape.$metadata?.httpStatusCode,
  };
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

function networkFailure(error: unknown): { endpoint?: string } | undefined {
  const shape = (error ?? {}) as {
    code?: string;
    name?: string;
    message?: string;
    address?: string;
    hostname?: string;
    port?: number;
    errors?: unknown[];
  };
  // localhost has two addresses, and Node reports both in one error
  if (Array.isArray(shape.errors) && shape.errors.length > 0) {
    return networkFailure(shape.errors[0]);
  }
  // an SDK may wrap the error, and keep only its text
  const match = /connect (E[A-Z]+) ([^\s:]+):(\d+)/.exec(shape.message ?? '');
  const code = shape.code ?? match?.[1] ?? '';
  if (shape.name !== 'TimeoutError' && !networkCodes.has(code)) {
    return undefined;
  }
  const host = shape.address ?? shape.hostname ?? match?.[2];
  const port = shape.port ?? Number(match?.[3] ?? 443);
  if (!host) return {};
  return {
    endpoint: port === 443 ? `https://${host}` : `http://${host}:${port}`,
  };
}

/** Finds the kind by the message, for services that use one error name for several failures. */
function kindByMessage(name: string, message: string): FailureKind | undefined {
  // SSO: "The SSO session associated with this profile has expired."
  if (name === 'CredentialsProviderError' && /expired/i.test(message)) {
    return 'expired';
  }
  const vague = [
    'ValidationError',
    'ValidationException',
    'InvalidRequestException',
    'InvalidParameterValueException',
  ];
  if (!vague.includes(name)) return undefined;
  // CloudFormation: "Stack with id x does not exist"; EMR: "Cluster id 'j-X' is not valid."
  if (/does not exist|Cluster id .* is not valid/i.test(message)) {
    return 'not-found';
  }
  // CloudFormation: "Stack … is in UPDATE_IN_PROGRESS state and can not be updated.",
  // "Export … cannot be deleted as it is in use by …"
  if (
    /is in [A-Z_]+ state|already exists|TerminationProtection|as it is in use by/i.test(
      message,
    )
  ) {
    return 'conflict';
  }
  return undefined;
}

function kindByStatus(status: number | undefined): FailureKind {
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 429) return 'throttled';
  if (status !== undefined && status >= 500) return 'unavailable';
  if (status === 400) return 'input';
  return 'other';
}
