import {
  Agent,
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { pipeline } from 'node:stream';
import { farAway } from './latency.ts';
import { toOperation } from './operation.ts';

export interface Proxy {
  url: string;
  /** Returns the number of requests since the last call, by operation. */
  takeCounts(): Map<string, number>;
  close(): Promise<void>;
}

/**
 * Starts a proxy of the local AWS on 127.0.0.1: it counts the requests of any client and, if a round trip
 * is given, adds the latency of a distant region.
 */
export async function startProxy(options: {
  /** 0: any free one. */
  port: number;
  upstreamPort: number;
  /** Added latency; optional, default 0. */
  roundTripMs?: number;
}): Promise<Proxy> {
  const { port, upstreamPort, roundTripMs = 0 } = options;
  const agent = new Agent({ keepAlive: true });
  let counts = new Map<string, number>();
  const http = createHttpServer(
    { keepAliveTimeout: 60_000, requestTimeout: 0 },
    (incoming, outgoing) => {
      pass({ incoming, outgoing, agent, upstreamPort }, operation =>
        counts.set(operation, (counts.get(operation) ?? 0) + 1),
      );
    },
  );
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    http.emit(
      'connection',
      roundTripMs > 0 ? farAway(socket, roundTripMs) : socket,
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeCounts() {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    async close() {
      sockets.forEach(socket => socket.destroy());
      agent.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

function pass(
  exchange: {
    incoming: IncomingMessage;
    outgoing: ServerResponse;
    agent: Agent;
    upstreamPort: number;
  },
  count: (operation: string) => void,
): void {
  const { incoming, outgoing, agent, upstreamPort } = exchange;
  const { method = 'GET', url, headers } = incoming;
  let counted = false;
  const countOnce = (form = '') => {
    if (!counted) count(toOperation({ method, headers, form }));
    counted = true;
  };
  incoming.once('data', chunk => countOnce(chunk.toString('latin1')));
  incoming.once('end', () => countOnce());
  const upstream = httpRequest({
    host: '127.0.0.1',
    port: upstreamPort,
    agent,
    method,
    path: url,
    headers: withoutHopHeaders(incoming.rawHeaders),
  });
  pipeline(incoming, upstream, () => {});
  upstream.on('response', response => {
    outgoing.writeHead(
      response.statusCode!,
      withoutHopHeaders(response.rawHeaders),
    );
    pipeline(response, outgoing, () => {});
  });
  upstream.on('error', () => outgoing.destroy());
}

/** Removes the headers that apply to one connection; this server has answered `Expect: 100-continue` itself. */
function withoutHopHeaders(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!hopHeaders.has(rawHeaders[i].toLowerCase())) {
      kept.push(rawHeaders[i], rawHeaders[i + 1]);
    }
  }
  return kept;
}

const hopHeaders = new Set(['connection', 'expect', 'keep-alive']);
