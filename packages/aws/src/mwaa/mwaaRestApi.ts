import { Sha256 } from '@aws-crypto/sha256-js';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { setTimeout as sleep } from 'node:timers/promises';
import { AwsClients } from '../clients/clients';
import { translateAwsError } from '../errors/errors';
import { withCause } from '../errors/withCause';

/** A request to the REST API of an environment's Airflow. @public */
export interface RestApiRequest {
  /** Name of the MWAA environment. */
  environment: string;
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Without `/api/vN`: MWAA routes to v1 (Airflow 2) or v2 (Airflow 3). 64 characters at most. */
  path: string;
  query?: Record<string, string | number | boolean>;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * Calls Airflow's REST API through MWAA, and gives Airflow's answer. The newest client of MWAA on the
 * registry lacks this operation, so the request is signed here. Reads are tried up to four times
 * when the web server fails; writes are sent once.
 *
 * @throws InputError, NotAllowedError, NotFoundError, ConflictError by Airflow's own status;
 * ServiceUnavailableError where the web server does not answer
 * @see https://docs.aws.amazon.com/mwaa/latest/API/API_InvokeRestApi.html
 * @public
 */
export async function invokeRestApi(
  clients: AwsClients,
  request: RestApiRequest,
): Promise<unknown> {
  if (request.path.length > 64) {
    throw new InputError(
      `MWAA allows 64 characters in a REST path, and '${request.path}' has ${request.path.length}`,
    );
  }
  const attempts = isRead(request) ? 4 : 1;
  for (let attempt = 1; ; attempt++) {
    const answer = await send(clients, request).catch((error: unknown) => ({
      error,
    }));
    if ('body' in answer) return answer.body;
    if (attempt >= attempts || !mayPass(answer.error)) {
      throw translate(answer.error, request);
    }
    await sleep(2 ** attempt * 150 * (0.5 + Math.random() / 2), undefined, {
      signal: request.signal,
    });
  }
}

/** `POST /dags/~/dagRuns/list` and its like only read. */
function isRead({ method, path }: RestApiRequest): boolean {
  return method === 'GET' || (method === 'POST' && path.endsWith('/list'));
}

/** What MWAA answered instead of 200. */
class RestApiFailure extends Error {
  constructor(
    readonly type: string,
    readonly status: number,
    /** Airflow's own status; absent where the request did not reach Airflow. */
    readonly innerStatus: number | undefined,
    message: string,
  ) {
    super(message);
    this.name = type;
  }
}

async function send(
  clients: AwsClients,
  request: RestApiRequest,
): Promise<{ body: unknown }> {
  const { settings, target } = clients;
  const signer = new SignatureV4({
    service: 'airflow',
    region: target.region,
    credentials: settings.credentials,
    sha256: Sha256,
  });
  const signed = (await signer.sign(
    toHttpRequest(clients, request),
  )) as HttpRequest;
  clients.calls.count('mwaa', 'InvokeRestApi');
  const { response } = await settings.requestHandler.handle(signed, {
    abortSignal: request.signal,
  });
  const text = await readText(response.body);
  const json = parseJson(text);
  if (response.statusCode === 200) return { body: json?.RestApiResponse };
  throw toFailure({
    status: response.statusCode,
    type: response.headers['x-amzn-errortype'],
    json,
    text,
  });
}

function toHttpRequest(
  { settings, target }: AwsClients,
  request: RestApiRequest,
): HttpRequest {
  // `airflow` overrides this one address: a private web server may answer elsewhere
  const endpoint = new URL(
    settings.findEndpoint('airflow') ??
      settings.findEndpoint('mwaa') ??
      `https://env.airflow.${target.region}.${dnsSuffix(target.region)}`,
  );
  const body = JSON.stringify({
    Path: request.path,
    Method: request.method,
    ...(request.query && { QueryParameters: request.query }),
    ...(request.body !== undefined && { Body: request.body }),
  });
  return new HttpRequest({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    port: endpoint.port ? Number(endpoint.port) : undefined,
    path: `/restapi/${encodeURIComponent(request.environment)}`,
    headers: {
      host: endpoint.host,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': `app/${settings.appId}`,
    },
    body,
  });
}

const dnsSuffix = (region: string) =>
  region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';

async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): Record<string, any> | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toFailure(answer: {
  status: number;
  type: string | undefined;
  json: Record<string, any> | undefined;
  text: string;
}): RestApiFailure {
  const { status, json, text } = answer;
  // "RestApiClientException:http://…" and "com.amazonaws…#RestApiClientException" are both seen
  const type = String(answer.type ?? json?.__type ?? json?.code ?? 'Unknown')
    .split(':')[0]
    .split('#')
    .pop()!;
  const inner = json?.RestApiResponse;
  const detail =
    inner?.detail ?? inner?.title ?? json?.message ?? json?.Message;
  return new RestApiFailure(
    type,
    status,
    json?.RestApiStatusCode,
    typeof detail === 'string' && detail !== ''
      ? detail
      : JSON.stringify(detail ?? inner ?? text.slice(0, 500)),
  );
}

/** Whether a second try may find what the first did not. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof RestApiFailure)) {
    const { code, name } = error as { code?: string; name?: string };
    return name === 'TimeoutError' || code === 'ECONNRESET' || code === 'EPIPE';
  }
  return (
    error.type === 'RestApiServerException' ||
    error.type === 'ThrottlingException' ||
    error.status === 429 ||
    error.status >= 500
  );
}

function translate(error: unknown, request: RestApiRequest): Error {
  const doing = `${request.method} ${request.path} in Airflow of MWAA environment ${request.environment}`;
  if (!(error instanceof RestApiFailure)) {
    if (isPrivate(error)) {
      return withCause(
        new ServiceUnavailableError(
          `Airflow of MWAA environment ${request.environment} does not answer (${doing}). If its web server is private, let Backstage into its VPC, or set dataLake.aws.endpoints.airflow`,
        ),
        error,
      );
    }
    return translateAwsError(error, doing);
  }
  if (error.type === 'RestApiClientException')
    return byInnerStatus(error, doing);
  if (error.type === 'RestApiServerException') {
    return withCause(
      new ServiceUnavailableError(
        `Airflow's web server failed ${doing} (${
          error.innerStatus ?? 'no status'
        }: ${
          error.message
        }). Try again; if it stays, see the environment's web server log`,
      ),
      error,
    );
  }
  const shape = Object.assign(error, {
    $metadata: { httpStatusCode: error.status },
  });
  return translateAwsError(shape, {
    what: doing,
    action: 'airflow:InvokeRestApi',
  });
}

function isPrivate(error: unknown): boolean {
  const { code, name, hostname } = error as Record<string, unknown>;
  const remote = !/^(127\.|localhost)/.test(String(hostname ?? ''));
  return (
    (code === 'ENOTFOUND' || code === 'ETIMEDOUT' || name === 'TimeoutError') &&
    remote
  );
}

/** Airflow's own verdict: the status inside the answer, not the 400 around it. */
function byInnerStatus(failure: RestApiFailure, doing: string): Error {
  const status = failure.innerStatus ?? 400;
  const text = `Airflow refused ${doing} (${status}): ${failure.message}`;
  return withCause(toRefusal(status, text), failure);
}

function toRefusal(status: number, text: string): Error {
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
