/**
 * Kills each operation with SIGKILL at each of its requests to AWS, once before AWS gets the request and once after its
 * response, and runs it again. The result must be the same as without the kill.
 */
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compileChild } from './kill/compileChild';
import {
  KillingProxy,
  KillPoint,
  startKillingProxy,
} from './kill/killingProxy';
import { works } from './kill/works';
import { clientsOf, localAwsUrl } from './localAws';

const upstream = localAwsUrl();
const clients = clientsOf(upstream);
const unique = `kill-${Date.now().toString(36)}`;
let folder: string;
let child: string;

beforeAll(async () => {
  // below the repository, so that it finds its dependencies
  const local = join(__dirname, '../../.local');
  await mkdir(local, { recursive: true });
  folder = await mkdtemp(join(local, 'kill-'));
  child = await compileChild(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each(Object.keys(works))('%s', name => {
  const work = works[name];
  const slug = `${unique}-${Object.keys(works).indexOf(name)}`;

  it('ends the same after a kill at any request', async () => {
    const undisturbed = { clients, unique: `${slug}-0` };
    await work.prepare?.(undisturbed);
    const { requests, output } = await runChild(name, undisturbed.unique);
    expect(output).toBe('');
    await work.verify({
      ...undisturbed,
      result: await work.run(undisturbed),
    });

    const points: KillPoint[] = Array.from({ length: requests }).flatMap(
      (_, i) => [
        { request: i + 1, when: 'before' },
        { request: i + 1, when: 'after' },
      ],
    );
    const killed: string[] = [];
    await inPairs(points, async at => {
      const options = { clients, unique: `${slug}-${at.request}-${at.when}` };
      await work.prepare?.(options);
      const { signal } = await runChild(name, options.unique, at);
      // fewer polls than before, so this request did not occur
      if (signal !== 'SIGKILL') return;
      killed.push(`${at.when} ${at.request}`);
      try {
        const result = await work.run(options);
        await work.verify({ ...options, result });
      } catch (error) {
        throw new Error(
          `Killed ${at.when} request ${at.request} of ${requests}: ${error}`,
          { cause: error },
        );
      }
    });
    expect(killed.length).toBeGreaterThanOrEqual(points.length - 4);
    killPoints.push(...killed);
  }, 240_000);
});

const killPoints: string[] = [];

it('was killed at least at twenty requests', () => {
  expect(killPoints.length).toBeGreaterThanOrEqual(20);
});

async function runChild(name: string, id: string, at?: KillPoint) {
  let proxy: KillingProxy | undefined;
  try {
    let kill = () => {};
    proxy = await startKillingProxy({ upstream, at, kill: () => kill() });
    const process_ = spawn(process.execPath, [child, name, id, proxy.url], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    kill = () => process_.kill('SIGKILL');
    let output = '';
    process_.stderr.on('data', text => (output += text));
    const signal = await new Promise<string | null>(resolve =>
      process_.once('close', (_code, by) => resolve(by)),
    );
    return { signal, output, requests: proxy.requests };
  } finally {
    await proxy?.close();
  }
}

/** Runs two at a time, because starting a process takes most of the time. */
async function inPairs<T>(
  items: readonly T[],
  act: (item: T) => Promise<void>,
): Promise<void> {
  const rest = [...items];
  const next = async (): Promise<void> => {
    for (let item = rest.shift(); item; item = rest.shift()) await act(item);
  };
  await Promise.all([next(), next()]);
}
