import { expect, Page, test } from '@playwright/test';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';

/**
 * A page of another site, in a real browser: it makes nothing in the local AWS, and reads nothing of Backstage. What
 * the servers answer to each header is tested beside them.
 */
const aws = process.env.AWS_ENDPOINT_URL ?? 'http://127.0.0.1:4566';
const functions = `${aws}/2015-03-31/functions`;

let server: Server;
let port: number;
const toUrl = (host: string) => `http://${host}:${port}/`;

test.beforeAll(async () => {
  server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end('<!doctype html><title>foreign</title>');
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  port = (server.address() as AddressInfo).port;
});
test.afterAll(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
});

/** What makes a function that would run as the person whose laptop it is; its code is never run here. */
const toFunction = (FunctionName: string) =>
  JSON.stringify({
    FunctionName,
    Runtime: 'python3.11',
    Handler: 'index.handler',
    Role: 'arn:aws:iam::000000000000:role/any',
    // an empty archive
    Code: { ZipFile: 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==' },
  });

async function listFunctions(): Promise<string[]> {
  const { Functions } = await (await fetch(functions)).json();
  return Functions.map((each: { FunctionName: string }) => each.FunctionName);
}

/** The ways by which a page can send a request. */
const ways: Record<string, (page: Page, body: string) => Promise<unknown>> = {
  'a request that asks first': (page, body) =>
    page.evaluate(
      ([url, text]) =>
        fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: text,
        }).catch(String),
      [functions, body],
    ),
  'a request that does not ask': (page, body) =>
    page.evaluate(
      ([url, text]) =>
        fetch(url, { method: 'POST', mode: 'no-cors', body: text })
          .then(answer => answer.type)
          .catch(String),
      [functions, body],
    ),
  'a form': async (page, body) => {
    const answered = page.waitForResponse(functions);
    await page.evaluate(
      ([url, text]) => {
        const form = document.createElement('form');
        form.action = url;
        form.method = 'post';
        form.enctype = 'text/plain';
        const input = document.createElement('input');
        // the text becomes <name>=<value>, which is JSON all the same
        input.name = '{"_":"';
        input.value = `",${text.slice(1)}`;
        form.append(input);
        document.body.append(form);
        form.submit();
      },
      [functions, body],
    );
    expect((await answered).status()).toBe(403);
  },
};

/** 127.0.0.1 is the same site on another port, the others are other sites; browsers resolve them to this machine. */
const hosts = ['127.0.0.1', 'localhost', 'evil.localhost'];

test('a function is made by a program of this machine', async () => {
  const name = `foreign-control-${Date.now()}`;
  const made = await fetch(functions, {
    method: 'POST',
    body: toFunction(name),
  });
  expect(made.status).toBe(201);
  expect(await listFunctions()).toContain(name);
  await fetch(`${functions}/${name}`, { method: 'DELETE' });
});

for (const host of hosts) {
  test.describe(`a page of ${host} on another port`, () => {
    for (const [way, send] of Object.entries(ways)) {
      test(`makes no function by ${way}`, async ({ page }) => {
        const name = `foreign-${Date.now()}`;
        await page.goto(toUrl(host));
        await send(page, toFunction(name));
        expect(await listFunctions()).not.toContain(name);
      });
    }

    test('reads nothing of Backstage and the local AWS', async ({
      page,
      baseURL,
    }) => {
      await page.goto(toUrl(host));
      for (const url of [
        `${baseURL}/api/catalog/entities`,
        `${baseURL}/api/auth/guest/refresh`,
        `${baseURL}/`,
        functions,
        `${aws}/_local-aws/health`,
      ]) {
        const read = await page.evaluate(
          async ([address]) => {
            const text = await fetch(address)
              .then(answer => answer.text())
              .catch(error => `refused: ${error.name}`);
            const blind = await fetch(address, { mode: 'no-cors' })
              .then(answer => answer.text())
              .catch(() => '');
            return [text, blind];
          },
          [url],
        );
        expect([url, ...read]).toEqual([url, 'refused: TypeError', '']);
      }
    });

    test('shows Backstage in no frame', async ({ page, baseURL }) => {
      await page.goto(toUrl(host));
      const answered = page.waitForResponse(`${baseURL}/`);
      await page.evaluate(
        ([url]) => {
          const frame = document.createElement('iframe');
          frame.src = url;
          document.body.append(frame);
        },
        [`${baseURL}/`],
      );
      expect((await answered).status()).toBe(403);
    });
  });
}

test('another name of this machine opens neither server', async ({
  page,
  baseURL,
}) => {
  for (const url of [baseURL!, aws]) {
    const rebound = new URL(url);
    rebound.hostname = 'evil.localhost';
    const answer = await page.goto(rebound.href);
    expect([rebound.href, answer!.status()]).toEqual([rebound.href, 403]);
  }
});
