import http from 'node:http';
import https from 'node:https';

/** Header with the host that a request was for. */
export const hostHeader = 'x-stand-in-host';

/**
 * Sends the requests for some hosts to a server on 127.0.0.1 instead, and lets no other leave the machine. The
 * code under test, and the official actions and readers, keep the hosts' real URLs.
 *
 * @returns what undoes it
 */
export function routeTraffic(hosts: string[], port: number): () => void {
  const { fetch } = globalThis;
  const { request } = https;
  globalThis.fetch = (input, init) => {
    const from = input instanceof Request ? input : undefined;
    const url = new URL(from?.url ?? String(input));
    // the backend's own
    if (/^(127.0.0.1|localhost)$/.test(url.hostname)) return fetch(input, init);
    const { host } = assertKnown(url.host);
    const headers = new Headers(init?.headers ?? from?.headers);
    headers.set(hostHeader, host);
    const to = `http://127.0.0.1:${port}${url.pathname}${url.search}`;
    return fetch(to, {
      method: from?.method,
      ...(from?.body && { body: from.body, duplex: 'half' }),
      ...init,
      headers,
    } as RequestInit);
  };
  // simple-get of isomorphic-git, and typed-rest-client of Azure DevOps
  (https as any).request = (options: any, onResponse: any) => {
    const { host } = assertKnown(options.hostname ?? options.host);
    return http.request(
      {
        ...options,
        agent: undefined,
        protocol: 'http:',
        hostname: '127.0.0.1',
        host: '127.0.0.1',
        port,
        headers: { ...options.headers, [hostHeader]: host },
      },
      onResponse,
    );
  };
  return () => {
    globalThis.fetch = fetch;
    https.request = request;
  };

  function assertKnown(host: string) {
    if (hosts.includes(host)) return { host };
    throw new Error(`A test must not reach ${host}`);
  }
}
