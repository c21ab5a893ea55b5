import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Forge } from './Forge';
import { serveGit } from './gitHttp';
import { hostHeader } from './traffic';

/** A request to the API of a host. */
export interface ApiRequest {
  method: string;
  /** Decoded. */
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: any;
  /** The token, or the password of an account. */
  token: string;
  /** Scopes of the token; undefined if it is none. */
  scopes?: string[];
}

/** An answer: JSON, or text as it is. */
export interface ApiAnswer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** One type of host. */
export interface HostOfType {
  /** Hosts of its pages and its API. */
  hosts: string[];
  /** Finds the repository in a path of Git, and what follows it. */
  toRepository(path: string): { repository: string; rest: string } | undefined;
  /** @returns undefined if there is no such request */
  answer(request: ApiRequest, forge: Forge): Promise<ApiAnswer | undefined>;
}

/** Starts a server that stands in for hosts, by the host that a request was for. */
export async function startStandIn(types: HostOfType[], forge: Forge) {
  const server = createServer((request, response) => {
    handle(types, forge, request, response).catch(error => {
      forge.faults.push(String(error.stack));
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

async function handle(
  types: HostOfType[],
  forge: Forge,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = String(request.headers[hostHeader]);
  const type = types.find(each => each.hosts.includes(host))!;
  const url = new URL(request.url!, `https://${host}`);
  const token = toToken(request.headers);
  forge.requests.push({
    request: `${request.method} ${host}${url.pathname}`,
    token,
  });
  const isGit = /\/(info\/refs|git-upload-pack|git-receive-pack)$/.test(
    url.pathname,
  );
  const scopes = forge.tokens.get(token);
  if (isGit) {
    await answerGit(type, forge, { request, response, url, scopes });
    return;
  }
  const content = await text(request);
  const answer = await type.answer(
    {
      method: request.method!,
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: request.headers,
      body: content === '' ? undefined : JSON.parse(content),
      token,
      scopes,
    },
    forge,
  );
  if (!answer) {
    forge.faults.push(`unknown: ${request.method} ${url}`);
    response.writeHead(501).end();
    return;
  }
  const isText = typeof answer.body === 'string';
  response
    .writeHead(answer.status, {
      'content-type': isText ? 'text/plain' : 'application/json',
      ...answer.headers,
    })
    .end(isText ? answer.body : JSON.stringify(answer.body));
}

async function answerGit(
  type: HostOfType,
  forge: Forge,
  options: {
    request: IncomingMessage;
    response: ServerResponse;
    url: URL;
    scopes?: string[];
  },
): Promise<void> {
  const { request, response, url, scopes } = options;
  if (!scopes) {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    return;
  }
  const found = type.toRepository(decodeURIComponent(url.pathname));
  if (!found || !forge.has(found.repository)) {
    response.writeHead(404).end('Repository not found.');
    return;
  }
  const isPush = found.rest === '/git-receive-pack';
  if (isPush && forge.failingPushes > 0) {
    forge.failingPushes--;
    // what is thought to pass is tried again for a minute
    response.writeHead(403).end();
    return;
  }
  await serveGit(request, response, {
    repository: forge.toFolder(found.repository),
    path: found.rest,
    query: url.search.slice(1),
  });
}

/** The token of any scheme; of a name and a password, the password. */
function toToken(headers: IncomingMessage['headers']): string {
  const [scheme, value = ''] = (headers.authorization ?? '').split(' ');
  if (headers['private-token']) return String(headers['private-token']);
  if (!/^basic$/i.test(scheme)) return value;
  const [, password] = Buffer.from(value, 'base64').toString().split(/:(.*)/s);
  return password;
}

export const ok = (body: unknown, status = 200): ApiAnswer => ({
  status,
  body,
});

/** Answers a kind of request: `METHOD path`, its groups as `given`. */
export type Route = [
  pattern: RegExp,
  answer: (
    request: ApiRequest,
    forge: Forge,
    given: string[],
  ) => ApiAnswer | Promise<ApiAnswer>,
];

/** Finds the first route that fits, and has it answer. */
export async function answerByRoutes(
  routes: Route[],
  request: ApiRequest,
  forge: Forge,
): Promise<ApiAnswer | undefined> {
  const operation = `${request.method} ${request.path}`;
  for (const [pattern, answer] of routes) {
    const match = pattern.exec(operation);
    if (match) return answer(request, forge, match.slice(1));
  }
  return undefined;
}
