/**
 * A whole Backstage, of which the scaffolder runs a template of plain stacks, is killed with SIGKILL in
 * the middle of a deployment and started again: the task ends completed, and nothing is done twice.
 */
import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './freePort';
import { KillingProxy, startKillingProxy } from './kill/killingProxy';
import { countBegun, listOpenChangeSets } from './kill/stackState';
import { clientsOf, localAwsUrl } from './localAws';

// Of its own: what a Backstage calls in the other one is held to the policies of a project's roles.
const account = '888888888888';
const clients = clientsOf(localAwsUrl(), account);
const name = `recovery-${Date.now().toString(36)}`;
let folder: string;
let port: number;
let proxy: KillingProxy;
let backend: ChildProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recovery-'));
  port = await findFreePort();
  proxy = await startKillingProxy({
    upstream: localAwsUrl(),
    at: { action: 'ExecuteChangeSet', when: 'after' },
    kill: () => backend?.kill('SIGKILL'),
  });
  await writeFile(join(folder, 'config.json'), JSON.stringify(config()));
});
afterAll(async () => {
  backend?.kill('SIGKILL');
  await proxy.close();
  await rm(folder, { recursive: true, force: true });
});

it('continues its operation after a kill', async () => {
  await start();
  const { id } = await ask('tasks', {
    templateRef: 'template:default/plain-bucket',
    values: { name },
  });
  const killed = await ended(backend!);
  expect(killed).toBe('SIGKILL');

  await start();
  const task = await completed(id);
  const events: any[] = await ask(`tasks/${id}/events`);
  const log = events.map(({ body }) => body.message).join('\n');
  expect(log).toContain('Following the operation that an earlier try');
  expect(task.status).toBe('completed');

  for (const stack of ['bucket', 'reader', 'one', 'two']) {
    const stackName = `${name}-${stack}`;
    expect(await countBegun(clients, stackName, 'CREATE_IN_PROGRESS')).toBe(1);
    expect(await countBegun(clients, stackName, 'UPDATE_IN_PROGRESS')).toBe(0);
    expect(await listOpenChangeSets(clients, stackName)).toEqual([]);
  }
  expect(
    events.findLast(({ type }) => type === 'completion').body.output,
  ).toEqual({
    bucket: `${name}-files`,
    // passed on from one stack to the other
    value: `arn:aws:s3:::${name}-files`,
    topics: [
      { Arn: expect.stringContaining(`${name}-one`) },
      { Arn: expect.stringContaining(`${name}-two`) },
    ],
    cost: expect.objectContaining({ usdPerMonth: 0, unknown: [] }),
  });
}, 600_000);

async function start(): Promise<void> {
  backend = spawn(
    process.execPath,
    [
      '--no-node-snapshot',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      join(__dirname, 'recovery/backend.ts'),
      '--config',
      join(folder, 'config.json'),
    ],
    {
      cwd: join(__dirname, '..'),
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'development', NODE_OPTIONS: '' },
    },
  );
  for (let tries = 0; tries < 1_500; tries++) {
    if (backend.exitCode !== null) break;
    const answer = await fetch(`${url()}/v2/actions`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  throw new Error('The backend does not start');
}

const url = () => `http://127.0.0.1:${port}/api/scaffolder`;

async function ask(path: string, body?: object): Promise<any> {
  const answer = await fetch(`${url()}/v2/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  return answer.json();
}

const ended = (child: ChildProcess) =>
  new Promise(resolve =>
    child.once('exit', (_code, signal) => resolve(signal)),
  );

/** A task is found again within 10 seconds of its heart having stopped for two. */
async function completed(id: string): Promise<any> {
  for (;;) {
    const task = await ask(`tasks/${id}`);
    if (!['open', 'processing'].includes(task.status)) return task;
    await sleep(500);
  }
}

function config() {
  return {
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: {
        client: 'better-sqlite3',
        connection: { directory: join(folder, 'db') },
      },
      workingDirectory: folder,
      auth: { dangerouslyDisableDefaultAuthPolicy: true },
    },
    permission: { enabled: false },
    scaffolder: {
      taskRecovery: { enabled: true, staleTimeout: { seconds: 2 } },
    },
    aws: {
      accounts: [
        {
          accountId: account,
          accessKeyId: account,
          secretAccessKey: 'local',
        },
      ],
    },
    awsDeploy: {
      accounts: [{ id: account, regions: ['us-east-1'] }],
      endpoints: { default: proxy.url },
    },
  };
}
