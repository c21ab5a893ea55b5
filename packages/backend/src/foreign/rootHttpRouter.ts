import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { isLoopback } from '../isLoopback';
import { findRefusal } from './refusal';

/**
 * Backstage's HTTP server. On a laptop, where `backend.baseUrl` is this machine, it refuses requests and
 * WebSockets of web sites before anything else: a guest needs no password there.
 */
export const rootHttpRouter = rootHttpRouterServiceFactory({
  configure({ applyDefaults, config, server }) {
    if (isLoopback(config.getString('backend.baseUrl'))) {
      refuseForeign(server as unknown as Server);
    }
    applyDefaults();
  },
});

/** Refuses foreign requests to a server, before its listeners learn of them. */
export function refuseForeign(server: Server): void {
  const emit: (event: string, ...args: unknown[]) => boolean =
    server.emit.bind(server);
  server.emit = (event: string, ...args: unknown[]) => {
    const [request, answer] = args as [
      IncomingMessage,
      ServerResponse | Duplex,
    ];
    const reason = isRequest(event) ? findRefusal(request) : undefined;
    if (reason === undefined) {
      return emit(event, ...args);
    }
    refuse(answer, reason);
    return true;
  };
}

function isRequest(event: string): boolean {
  return ['request', 'upgrade', 'checkContinue', 'connect'].includes(event);
}

function refuse(answer: ServerResponse | Duplex, reason: string): void {
  const text = `Refused: ${reason}. This server answers the programs of this machine, and no web site.\n`;
  if ('writeHead' in answer) {
    answer.writeHead(403, { 'content-type': 'text/plain' }).end(text);
    return;
  }
  answer.end(
    `HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: ${Buffer.byteLength(
      text,
    )}\r\n\r\n${text}`,
    () => answer.destroy(),
  );
}
