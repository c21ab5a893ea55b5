import { makePipeline } from '../__fixtures__';
import { DataLakeClient } from './client';

const now = Date.parse('2026-11-22T04:00:00Z');

function makeClient(answer: { status?: number; body: unknown }) {
  const fetch = jest.fn(
    async (_url: RequestInfo | URL, _init?: RequestInit) =>
      new Response(JSON.stringify(answer.body), {
        status: answer.status ?? 200,
        headers: { 'Content-Type': 'application/json' },
      }),
  );
  return { client: new DataLakeClient({ fetchApi: { fetch } }), fetch };
}

describe('DataLakeClient', () => {
  it('reads the pipeline of an entity', async () => {
    const body = makePipeline('failed', now);
    const { client, fetch } = makeClient({ body });

    await expect(
      client.getPipeline('component:default/movielens'),
    ).resolves.toEqual(JSON.parse(JSON.stringify(body)));
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://data-lake/entities/default/component/movielens/pipeline',
    );
  });

  it('reads words of a newer backend as unknown, and the rest as it is', async () => {
    const body = makePipeline('healthy', now) as any;
    const [environment] = body.environments;
    environment.health = 'splendid';
    environment.resources[0].service = 'athena';
    environment.runs[0].steps[0].kind = 'query';
    const { client } = makeClient({ body });

    const pipeline = await client.getPipeline('component:default/movielens');
    const expected = JSON.parse(JSON.stringify(body));
    expected.environments[0].health = 'unknown';
    expected.environments[0].resources[0].service = 'unknown';
    expected.environments[0].runs[0].steps[0].kind = 'unknown';
    expect(pipeline).toEqual(expected);
  });

  it('says in words that an answer cannot be read, and what to do', async () => {
    const body = makePipeline('healthy', now) as any;
    delete body.environments[0].actions;
    const { client } = makeClient({ body });

    await expect(
      client.getPipeline('component:default/movielens'),
    ).rejects.toThrow(
      /^The backend's answer cannot be read: [^{}]*actions[^{}]*\. Reload the page/,
    );
  });

  it('passes on the error of the backend', async () => {
    const error = { name: 'NotAllowedError', message: 'You may not run this.' };
    const { client } = makeClient({
      status: 403,
      body: { error, response: { statusCode: 403 } },
    });

    await expect(
      client.startRun(
        { entityRef: 'component:default/movielens', name: 'demo' },
        { runId: '20261122T124500-7f3a', conf: {} },
      ),
    ).rejects.toMatchObject({
      name: 'ResponseError',
      cause: { name: 'NotAllowedError', message: 'You may not run this.' },
    });
  });

  it('starts a run with the given id', async () => {
    const runId = '20261122T124500-7f3a';
    const { client, fetch } = makeClient({ status: 201, body: { runId } });

    await expect(
      client.startRun(
        { entityRef: 'component:default/movielens', name: 'demo' },
        { runId, conf: { full: true } },
      ),
    ).resolves.toBe(runId);
    const [url, init] = fetch.mock.calls[0];
    expect(url).toBe(
      'plugin://data-lake/entities/default/component/movielens/environments/demo/runs',
    );
    expect(init?.method).toBe('POST');
    expect(JSON.parse(String(init?.body))).toEqual({
      runId,
      conf: { full: true },
    });
  });

  it('requests a refresh', async () => {
    const { client, fetch } = makeClient({ status: 202, body: {} });
    await client.refresh({
      entityRef: 'component:default/movielens',
      name: 'demo',
    });
    expect(fetch.mock.calls[0][0]).toMatch(/\/environments\/demo\/refresh$/);
  });

  it('escapes the parts of a path', async () => {
    const { client, fetch } = makeClient({ body: { environments: [] } });
    await client.listMwaaEnvironments({ account: '../x', region: 'a?b' });
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://data-lake/accounts/..%2Fx/regions/a%3Fb/mwaa-environments',
    );
  });

  it('lists the accounts of an owner', async () => {
    const accounts = [{ id: '000000000000', name: 'local', regions: [] }];
    const { client, fetch } = makeClient({ body: { accounts } });
    await expect(
      client.listAccounts({ owner: 'group:default/guests' }),
    ).resolves.toEqual(accounts);
    expect(fetch.mock.calls[0][0]).toBe(
      'plugin://data-lake/accounts?owner=group%3Adefault%2Fguests',
    );
    await client.listAccounts({});
    expect(fetch.mock.calls[1][0]).toBe('plugin://data-lake/accounts');
  });
});
