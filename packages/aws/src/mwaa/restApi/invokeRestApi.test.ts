import { createServer, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { AwsClientFactory } from '../../clients/factory';
import { invokeRestApi } from './invokeRestApi';

/** Contract tests, against answers written after MWAA's API model. */
describe('invokeRestApi', () => {
  let server: Server;
  let requests: {
    headers: IncomingMessage['headers'];
    url?: string;
    body: any;
  }[];
  let answers: { status: number; type?: string; body: object }[];

  beforeEach(async () => {
    requests = [];
    server = createServer(async (req, res) => {
      let text = '';
      for await (const chunk of req) text += chunk;
      requests.push({
        headers: req.headers,
        url: req.url,
        body: JSON.parse(text),
      });
      const answer = answers.length > 1 ? answers.shift()! : answers[0];
      res.writeHead(answer.status, {
        'content-type': 'application/json',
        ...(answer.type && { 'x-amzn-errortype': answer.type }),
      });
      res.end(JSON.stringify(answer.body));
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => new Promise(done => server.close(done)));

  const invoke = (change: object = {}) => {
    const { port } = server.address() as AddressInfo;
    const clients = new AwsClientFactory({
      appId: 'backstage-test',
      endpoints: { airflow: `http://127.0.0.1:${port}` },
      credentials: {
        getCredentialProvider: async () => ({
          sdkCredentialProvider: async () => ({
            accessKeyId: 'AKID',
            secretAccessKey: 'secret',
          }),
        }),
      },
    }).forTarget({ account: '123456789012', region: 'eu-west-1' });
    return invokeRestApi(clients, {
      environment: 'my-env',
      method: 'GET',
      path: '/dags',
      ...change,
    });
  };
  const ok = {
    status: 200,
    body: { RestApiStatusCode: 200, RestApiResponse: { a: 1 } },
  };
  const serverError = {
    status: 400,
    type: 'RestApiServerException:http://x',
    body: { RestApiStatusCode: 503, RestApiResponse: { detail: 'busy' } },
  };
  const clientError = (RestApiStatusCode: number) => ({
    status: 400,
    type: 'RestApiClientException',
    body: { RestApiStatusCode, RestApiResponse: { detail: 'why' } },
  });

  it('signs the request for the service airflow, and gives Airflow’s answer', async () => {
    answers = [ok];
    expect(await invoke({ query: { limit: 1 } })).toEqual({ a: 1 });
    expect(requests[0].url).toBe('/restapi/my-env');
    expect(requests[0].body).toEqual({
      Path: '/dags',
      Method: 'GET',
      QueryParameters: { limit: 1 },
    });
    expect(requests[0].headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-west-1\/airflow\/aws4_request/,
    );
    expect(requests[0].headers['user-agent']).toBe('app/backstage-test');
  });

  it('tries a read again when the web server fails, and a write never', async () => {
    answers = [serverError, serverError, ok];
    expect(await invoke()).toEqual({ a: 1 });
    expect(requests).toHaveLength(3);

    requests = [];
    answers = [serverError];
    await expect(
      invoke({ method: 'POST', path: '/dags/x/dagRuns', body: {} }),
    ).rejects.toThrow(/web server failed POST .*503: busy/);
    expect(requests).toHaveLength(1);
  });

  it.each([
    [400, 'InputError'],
    [403, 'NotAllowedError'],
    [404, 'NotFoundError'],
    [409, 'ConflictError'],
    [422, 'InputError'],
    [429, 'ServiceUnavailableError'],
  ])('goes by the inner status: %s is a %s', async (status, name) => {
    answers = [clientError(status)];
    await expect(invoke()).rejects.toMatchObject({
      name,
      message: expect.stringContaining('why'),
    });
    expect(requests).toHaveLength(1);
  });

  it('names the IAM action where MWAA itself denies', async () => {
    answers = [
      { status: 403, type: 'AccessDeniedException', body: { message: 'no' } },
    ];
    await expect(invoke()).rejects.toThrow(/need airflow:InvokeRestApi/);
  });

  it('refuses a path that MWAA would refuse', async () => {
    answers = [ok];
    await expect(invoke({ path: '/dags/'.padEnd(65, 'x') })).rejects.toThrow(
      /64/,
    );
    expect(requests).toHaveLength(0);
  });
});
