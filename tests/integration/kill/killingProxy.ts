import { createServer, request } from 'node:http';
import { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * The request at which to kill, by number or by action, before AWS gets it or after its response.
 */
export interface KillPoint {
  request?: number;
  action?: string;
  when: 'before' | 'after';
}

/** A proxy in front of the local AWS that kills the caller at a certain request. */
export interface KillingProxy {
  url: string;
  /** Number of requests so far. */
  readonly requests: number;
  close(): Promise<void>;
}

/** @param kill - ends the calling process at once; optional, default: only count */
export async function startKillingProxy(options: {
  upstream: string;
  at?: KillPoint;
  kill?: () => void;
}): Promise<KillingProxy> {
  const { upstream, at, kill } = options;
  let requests = 0;
  let struck = false;
  const server = createServer(async (incoming, outgoing) => {
    const number = ++requests;
    // a killed process may have sent half a request
    const body = await buffer(incoming).catch(() => undefined);
    if (!body) return;
    const isAt =
      number === at?.request ||
      (at?.action && body.includes(`Action=${at.action}&`));
    const strikes = Boolean(isAt) && !struck;
    struck ||= strikes;
    if (strikes && at!.when === 'before') {
      kill?.();
      outgoing.destroy();
      return;
    }
    const { method, url, headers } = incoming;
    const onward = request(new URL(url!, upstream), { method, headers });
    onward.once('error', () => outgoing.destroy());
    onward.once('response', async answer => {
      const answered = await buffer(answer);
      if (strikes) {
        kill?.();
        outgoing.destroy();
        return;
      }
      outgoing.writeHead(answer.statusCode!, answer.headers).end(answered);
    });
    onward.end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    async close() {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
