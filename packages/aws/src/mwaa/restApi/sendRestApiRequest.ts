import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { AwsClients } from '../../clients/clients';
import { toDnsSuffix } from '../../console/partition';
import { RestApiRequest } from './restApiRequest';
import { parseJson, toRestApiFailure } from './restApiFailure';

/**
 * Signs and sends one request, and returns Airflow's answer.
 *
 * @throws RestApiFailure for any answer but 200, and what the HTTP client throws
 */
export async function sendRestApiRequest(
  clients: AwsClients,
  request: RestApiRequest,
): Promise<unknown> {
  const { settings, target } = clients;
  const signer = new SignatureV4({
    service: 'airflow',
    region: target.region,
    credentials: settings.credentials,
    sha256: Sha256,
  });
  const signed = await signer.sign(toHttpRequest(clients, request));
  clients.calls.count('mwaa', 'InvokeRestApi');
  const { response } = await settings.requestHandler.handle(
    signed as HttpRequest,
    { abortSignal: request.signal },
  );
  const text = await readText(response.body);
  if (response.statusCode === 200) return parseJson(text)?.RestApiResponse;
  throw toRestApiFailure({
    status: response.statusCode,
    type: response.headers['x-amzn-errortype'],
    text,
  });
}

function toHttpRequest(
  { settings, target }: AwsClients,
  request: RestApiRequest,
): HttpRequest {
  // `airflow` overrides this endpoint alone: a private web server may have another address
  const endpoint = new URL(
    settings.findEndpoint('airflow') ??
      settings.findEndpoint('mwaa') ??
      `https://env.airflow.${target.region}.${toDnsSuffix(target.region)}`,
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

async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
