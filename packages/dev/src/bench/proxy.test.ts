import { createHash, randomBytes } from 'node:crypto';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startProxy, type Proxy } from './proxy.ts';

const sha256 = (bytes: Uint8Array) =>
  createHash('sha256').update(bytes).digest('hex');

/** Answers with the digest of what arrived. */
const upstream = createServer(async (incoming, outgoing) => {
  outgoing.end(sha256(await buffer(incoming)));
});

let port: number;
beforeAll(async () => {
  await new Promise<void>(resolve => upstream.listen(0, '127.0.0.1', resolve));
  port = (upstream.address() as AddressInfo).port;
});
afterAll(() => upstream.close());

describe.each([0, 4])('the proxy, %d ms away', roundTripMs => {
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await startProxy({ port: 0, upstreamPort: port, roundTripMs });
  });
  afterAll(() => proxy.close());

  it('hands on what it gets, also to those who ask before they send', async () => {
    const body = randomBytes(1_000_000);
    const answer = await new Promise<Buffer>((resolve, reject) => {
      const sent = request(
        `${proxy.url}/object`,
        {
          method: 'PUT',
          headers: { expect: '100-continue', 'content-length': body.length },
        },
        response => resolve(buffer(response)),
      );
      sent.on('error', reject);
      sent.on('continue', () => sent.end(body));
      sent.flushHeaders();
    });
    expect(answer.toString()).toBe(sha256(body));
  });

  it('counts each request once, since it was last asked', async () => {
    proxy.takeCounts();
    const form = new URLSearchParams({ Action: 'DescribeStacks' });
    await fetch(proxy.url, { method: 'POST', body: form });
    await fetch(proxy.url);
    await fetch(proxy.url);
    expect(Object.fromEntries(proxy.takeCounts())).toEqual({
      'unsigned:DescribeStacks': 1,
      'unsigned:GET': 2,
    });
    expect(proxy.takeCounts().size).toBe(0);
  });
});
