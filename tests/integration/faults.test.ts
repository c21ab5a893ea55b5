/**
 * Each API that the engine calls fails in turn, by microburst before the local AWS: throttled, with an
 * internal error, slow, cut before AWS gets the request, cut after AWS has acted. A short fault makes no
 * difference; one that stays gives a clear error, and the next try ends as if nothing had been.
 *
 * DELETE answers of S3 are empty, so that losing one is no more than an empty answer.
 */
import { spawn, ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findStack } from '@data-lake/plugin-data-lake-node';
import { findFreePort } from './freePort';
import { works } from './kill/works';
import { clientsOf, localAwsUrl } from './localAws';

const upstream = localAwsUrl();
const direct = clientsOf(upstream);
const unique = `faults-${Date.now().toString(36)}`;
let proxy: ChildProcess;
let url: string;

beforeAll(async () => {
  const port = await findFreePort();
  url = `http://127.0.0.1:${port}`;
  const args = ['-m', 'local_aws', 'faults'];
  args.push('--port', String(port), '--upstream', upstream);
  proxy = spawn('python3', args, {
    stdio: 'ignore',
    env: {
      ...process.env,
      PYTHONPATH: join(__dirname, '../../packages/local-aws'),
    },
  });
  for (let tries = 0; ; tries++) {
    const health = await fetch(`${url}/_microburst/health`).catch(() => null);
    if (health?.ok) break;
    if (tries > 300 || proxy.exitCode !== null) {
      throw new Error('microburst does not start: see local_aws faults');
    }
    await sleep(200);
  }
  // its first request loads the models of all services
  await findStack(clientsOf(url), unique);
}, 180_000);
afterAll(() => {
  proxy.kill();
});

const apis = [
  ['cloudformation', 'DescribeStacks'],
  ['cloudformation', 'CreateChangeSet'],
  ['cloudformation', 'DescribeChangeSet'],
  ['cloudformation', 'ExecuteChangeSet'],
  ['cloudformation', 'DescribeStackEvents'],
  ['cloudformation', 'GetTemplate'],
  ['s3', 'HeadBucket'],
  ['s3', 'PutObject'],
  ['s3', 'DeleteObject'],
] as const;
const changing = apis.filter(([, operation]) =>
  /^(Create|Execute|Put|Delete)/.test(operation),
);
const throttling = {
  cloudformation: { code: 'Throttling' },
  s3: { code: 'SlowDown', status: 503 },
};

const update = works['update a stack by a long template'];

/** Updates with these faults in turn; gives how many of them happened. */
async function updateWith(id: string, rules: object[]): Promise<number> {
  const options = { clients: clientsOf(url), unique: `${unique}-${id}` };
  await setRules([]);
  await update.prepare?.(options);
  await setRules(rules);
  const result = await update.run(options);
  const fired = await countFired();
  await setRules([]);
  await update.verify({ ...options, clients: direct, result });
  return fired;
}

describe('a short fault makes no difference', () => {
  it.each(apis)(
    '%s %s is throttled, fails, is cut and is slow, one after the other',
    async (service, operation) => {
      const on = { service, operation, times: 1 };
      const fired = await updateWith(operation.toLowerCase(), [
        { ...on, error: throttling[service] },
        { ...on, error: { code: 'InternalFailure', status: 500 } },
        { ...on, reset: true },
        { ...on, latency: 300 },
      ]);
      expect(fired).toBe(4);
    },
  );

  it.each(changing)(
    '%s %s is done, and its answer is lost',
    async (service, operation) => {
      const lost = { times: 1, response: { abort_bytes: 0 } };
      const fired = await updateWith(`lost-${operation.toLowerCase()}`, [
        { service, operation, ...lost },
      ]);
      expect(fired).toBe(1);
    },
  );
});

describe('a fault that stays is a clear error, and the next try ends the work', () => {
  it.each(changing.slice(0, 3))(
    '%s %s is denied',
    async (service, operation) => {
      const options = {
        clients: clientsOf(url),
        unique: `${unique}-denied-${operation.toLowerCase()}`,
      };
      await setRules([]);
      await update.prepare?.(options);
      await setRules([
        {
          service,
          operation,
          error: { code: 'AccessDenied', status: 403, message: 'no' },
        },
      ]);
      await expect(update.run(options)).rejects.toThrow(
        new RegExp(`the credentials need ${service}:${operation}`),
      );
      await setRules([]);
      const result = await update.run(options);
      await update.verify({ ...options, clients: direct, result });
    },
  );
});

async function setRules(rules: object[]): Promise<void> {
  await fetch(`${url}/_microburst/fired`, { method: 'DELETE' });
  const answer = await fetch(`${url}/_microburst/rules`, {
    method: 'POST',
    body: JSON.stringify(rules),
  });
  expect(answer.status).toBe(200);
}

async function countFired(): Promise<number> {
  const answer = await fetch(`${url}/_microburst/fired`);
  return (await answer.json()).length;
}
