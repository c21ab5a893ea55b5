import { createBackendModule } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { createCheckedBackend } from './createCheckedBackend';

const root = join(__dirname, '../../../..');

function read(name: string): any {
  return parse(fs.readFileSync(join(root, name), 'utf8'));
}

describe('createCheckedBackend', () => {
  const environment = process.env.NODE_ENV;
  afterEach(() => {
    Object.assign(process.env, { NODE_ENV: environment });
  });

  async function start(data: any, ...features: any[]): Promise<string> {
    const backend = createCheckedBackend();
    backend.add(mockServices.rootConfig.factory({ data }));
    backend.add(mockServices.rootLogger.factory());
    features.forEach(feature => backend.add(feature));
    return backend.start().then(
      () => 'started',
      error => error.message,
    );
  }

  it.each([
    [
      'NODE_ENV',
      (_data: any) =>
        void Object.assign(process.env, { NODE_ENV: 'production' }),
    ],
    [
      'auth.environment',
      (data: any) => void (data.auth.environment = 'production'),
    ],
  ])('refuses local parts when %s says production', async (_by, set) => {
    const data = read('app-config.yaml');
    set(data);
    const answer = await start(data);
    expect(answer).toMatch(/^Not started: .*app-config\.production\.yaml/);
    expect(answer).toContain('localRepositories keeps repositories');
    expect(answer).toContain('auth.providers.guest signs anybody in');
  });

  it('refuses the policy that allows everything, as it is installed', async () => {
    const allowAll = createBackendModule({
      pluginId: 'permission',
      moduleId: 'allow-all-policy',
      register(env) {
        env.registerInit({ deps: {}, async init() {} });
      },
    });
    const answer = await start(
      read('app-config.production.yaml'),
      Promise.resolve({ default: allowAll }),
    );
    expect(answer.split('\n').slice(1)).toEqual([
      expect.stringContaining('allow-all-policy is installed'),
    ]);
  });

  it('starts the whole backend with app-config.production.yaml alone', async () => {
    const folder = fs.mkdtempSync(join(tmpdir(), 'production-'));
    const port = await findFreePort();
    // What a test cannot have: PostgreSQL, and port 7007.
    const override = join(folder, 'override.json');
    fs.writeFileSync(
      override,
      JSON.stringify({
        backend: {
          listen: { host: '127.0.0.1', port },
          database: { client: 'better-sqlite3', connection: ':memory:' },
          workingDirectory: folder,
        },
      }),
    );
    const backend = startBackend(override);
    try {
      const url = `http://127.0.0.1:${port}`;
      await backend.until(async () => {
        const answer = await fetch(`${url}/.backstage/health/v1/readiness`);
        return answer.ok;
      });
      const guest = await fetch(`${url}/api/auth/guest/refresh`, {
        method: 'POST',
        headers: { 'x-requested-with': 'XMLHttpRequest' },
      });
      expect(guest.status).toBe(404);
      const github = await fetch(
        `${url}/api/auth/github/start?env=production`,
        {
          redirect: 'manual',
        },
      );
      expect(github.headers.get('location')).toMatch(
        /^https:\/\/github\.com\/login\/oauth\/authorize/,
      );
      // Behind a proxy, the Host is the public one.
      const behindProxy = await fetch(`${url}/api/catalog/entities`, {
        headers: { origin: 'https://backstage.example.com' },
      });
      expect(behindProxy.status).toBe(401);
    } finally {
      await backend.end();
      fs.rmSync(folder, { recursive: true });
    }
  }, 600_000);
});

/** Starts src/index.ts as `./dev start` does, with placeholders for the secrets of the production file. */
function startBackend(override: string) {
  const output: string[] = [];
  const child = spawn(
    process.execPath,
    [
      '--no-node-snapshot',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'src/index.ts',
      ...['--config', join(root, 'app-config.production.yaml')],
      ...['--config', override],
    ],
    {
      cwd: join(root, 'packages/backend'),
      env: {
        PATH: process.env.PATH,
        HOME: tmpdir(),
        NODE_ENV: 'production',
        AWS_EC2_METADATA_DISABLED: 'true',
        ...placeholders(),
      },
    },
  );
  child.stdout.on('data', data => output.push(String(data)));
  child.stderr.on('data', data => output.push(String(data)));
  const exited = new Promise(resolve => child.once('exit', resolve));
  return {
    async until(isReady: () => Promise<boolean>) {
      while (!(await isReady().catch(() => false))) {
        if (child.exitCode !== null) {
          throw new Error(
            `the backend ended:\n${output.join('').slice(-3000)}`,
          );
        }
        await sleep(200);
      }
    },
    async end() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** A value for each variable of the production file. */
function placeholders(): Record<string, string> {
  const text = fs.readFileSync(
    join(root, 'app-config.production.yaml'),
    'utf8',
  );
  const names = text.match(/(?<=^[^#\n]*\$\{)\w+(?=\})/gm) ?? [];
  return Object.fromEntries(names.map(name => [name, 'placeholder']));
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
