import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request that a code host received. */
export interface Asked {
  method: string;
  /** The path without the query. */
  path: string;
  token: string;
  body: any;
}

type Answer = [status: number, body: unknown];

/** Responses by `METHOD path`. */
export type Answers = Record<string, (asked: Asked) => Answer>;

/**
 * A fake of a code host's API on 127.0.0.1: it sends the responses that an action needs, in the formats that the
 * host publishes, and records requests. It stores no data, and responds to unknown requests with 404.
 */
export async function startCodeHost(answers: Answers) {
  const asked: Asked[] = [];
  const server = createServer(
    async (incoming: IncomingMessage, outgoing: ServerResponse) => {
      const content = await text(incoming);
      const { authorization, 'private-token': privateToken } = incoming.headers;
      const request: Asked = {
        method: incoming.method!,
        path: decodeURIComponent(incoming.url!.split('?')[0]),
        token: String(privateToken ?? authorization).replace(/^\S+ /, ''),
        body: content === '' ? undefined : JSON.parse(content),
      };
      asked.push(request);
      const answer = answers[`${request.method} ${request.path}`];
      const [status, body] = answer?.(request) ?? [404, { message: 'none' }];
      outgoing
        .writeHead(status, { 'content-type': 'application/json' })
        .end(JSON.stringify(body));
    },
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    asked,
    /** The bodies of the requests with this method and path. */
    bodiesOf: (method: string, path: string) =>
      asked
        .filter(each => each.method === method && each.path === path)
        .map(({ body }) => body),
    close: () => new Promise(resolve => server.close(resolve)),
  };
}

/** @see https://docs.github.com/en/rest/git */
export const github: Answers = {
  'GET /repos/acme/lake': () => [
    200,
    { default_branch: 'main', permissions: { push: true } },
  ],
  'GET /repos/acme/lake/commits': () => [
    200,
    [{ sha: 'base', commit: { tree: { sha: 'base-tree' } } }],
  ],
  'POST /repos/acme/lake/git/blobs': () => [201, { sha: 'blob' }],
  'POST /repos/acme/lake/git/trees': () => [201, { sha: 'tree' }],
  'POST /repos/acme/lake/git/commits': () => [201, { sha: 'commit' }],
  'POST /graphql': () => [200, { data: { repository: { ref: null } } }],
  'POST /repos/acme/lake/git/refs': () => [201, { ref: 'refs/heads/x' }],
  'POST /repos/acme/lake/pulls': ({ body }) => [
    201,
    { number: 7, html_url: 'https://github/7', base: { ref: body.base } },
  ],
};

/** @see https://docs.gitlab.com/api/merge_requests/ */
export const gitlab: Answers = {
  'GET /api/v4/projects/acme/lake': () => [200, { default_branch: 'main' }],
  'POST /api/v4/projects/acme/lake/repository/branches': ({ body }) => [
    201,
    { name: body?.branch },
  ],
  'POST /api/v4/projects/acme/lake/repository/commits': () => [
    201,
    { id: 'commit' },
  ],
  'POST /api/v4/projects/acme/lake/merge_requests': () => [
    201,
    { iid: 7, web_url: 'https://gitlab/7' },
  ],
};

/** @see https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/ */
export const bitbucketCloud: Answers = {
  'GET /2.0/repositories/acme/lake/refs/branches': () => [200, { values: [] }],
  'POST /2.0/repositories/acme/lake/refs/branches': ({ body }) => [
    201,
    { name: body.name },
  ],
  'POST /2.0/repositories/acme/lake/pullrequests': () => [
    201,
    { links: { html: { href: 'https://bitbucket/7' } } },
  ],
};
