import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { refuseForeign } from './rootHttpRouter';

const link = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
};
const foreign: Record<string, Record<string, string>> = {
  'foreign Host': { host: 'evil.example' },
  'foreign Host with a port': { host: 'evil.example:7007' },
  'name that starts like ours': { host: '127.0.0.1.evil.example' },
  'foreign Origin': { origin: 'https://evil.example' },
  'Origin of another server of this machine': {
    origin: 'http://127.0.0.1:9999',
  },
  'null Origin': { origin: 'null' },
  'cross-site fetch': { 'sec-fetch-site': 'cross-site' },
  'same-site fetch': { 'sec-fetch-site': 'same-site' },
  'unknown site': { 'sec-fetch-site': 'something-new' },
  frame: {
    ...link,
    'sec-fetch-site': 'cross-site',
    'sec-fetch-dest': 'iframe',
  },
  'form of another site': {
    ...link,
    'sec-fetch-site': 'cross-site',
    origin: 'https://evil.example',
  },
};

describe('refuseForeign', () => {
  let server: Server;
  let port: number;
  let arrived: string[];

  beforeEach(async () => {
    arrived = [];
    server = createServer((incoming, answer) => {
      arrived.push(incoming.method!);
      answer.end('answered');
    });
    server.on('upgrade', (_incoming, socket) => {
      arrived.push('upgrade');
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    });
    refuseForeign(server);
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    port = (server.address() as AddressInfo).port;
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function send(
    method: string,
    headers: Record<string, string>,
  ): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, headers });
      sent.once('response', answer => {
        answer.resume();
        resolve(answer.statusCode!);
      });
      sent.once('upgrade', (answer, socket) => {
        socket.destroy();
        resolve(answer.statusCode!);
      });
      sent.once('error', reject);
      sent.end();
    });
  }

  describe.each(Object.entries(foreign))('%s', (_name, headers) => {
    it.each(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])(
      'refuses %s',
      async method => {
        expect(await send(method, headers)).toBe(403);
        expect(arrived).toEqual([]);
      },
    );

    it('refuses a WebSocket and a body announced by Expect', async () => {
      expect(await send('GET', { ...upgrade, ...headers })).toBe(403);
      expect(await send('POST', { expect: '100-continue', ...headers })).toBe(
        403,
      );
      expect(arrived).toEqual([]);
    });
  });

  it.each<[string, () => Record<string, string>]>([
    ['a program', () => ({})],
    ['a program that says localhost', () => ({ host: `localhost:${port}` })],
    ['the address bar', () => ({ 'sec-fetch-site': 'none' })],
    [
      'the own page',
      () => ({
        origin: `http://127.0.0.1:${port}`,
        'sec-fetch-site': 'same-origin',
      }),
    ],
  ])('answers %s', async (_name, headers) => {
    for (const method of ['GET', 'POST', 'OPTIONS']) {
      expect(await send(method, headers())).toBe(200);
    }
    expect(await send('GET', { ...upgrade, ...headers() })).toBe(101);
  });

  it('answers a link of another site, which only reads', async () => {
    const headers = { ...link, 'sec-fetch-site': 'cross-site' };
    expect(await send('GET', headers)).toBe(200);
    expect(await send('POST', headers)).toBe(403);
  });

  it('refuses a request without a Host', async () => {
    const answer = await new Promise<string>(resolve => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.end('GET / HTTP/1.0\r\n\r\n'),
      );
      socket.once('data', data => resolve(String(data)));
    });
    expect(answer).toContain('403');
    expect(arrived).toEqual([]);
  });
});
