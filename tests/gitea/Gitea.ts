import { ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findFreePort } from '../integration/freePort';

const run = promisify(execFile);

/** Account of Backstage at the Gitea of the test. */
export const account = { username: 'bot', password: 'a-password-1' };

/** A Gitea on 127.0.0.1, with an account and the organization `acme`. */
export class Gitea {
  private constructor(
    private readonly folder: string,
    private readonly process: ChildProcess,
    /** Such as `127.0.0.1:3000`. */
    readonly host: string,
  ) {}

  /** Starts the Gitea that `./dev test gitea` has built. */
  static async start(): Promise<Gitea> {
    const { GITEA, GITEA_SOURCE } = process.env;
    if (!GITEA || !GITEA_SOURCE) throw new Error('Run ./dev test gitea');
    const folder = await mkdtemp(join(tmpdir(), 'data-lake-gitea-'));
    const port = await findFreePort();
    const config = join(folder, 'custom/conf/app.ini');
    await mkdir(join(folder, 'custom/conf'), { recursive: true });
    await writeFile(config, toIni(folder, port, GITEA_SOURCE));
    const common = ['--work-path', folder, '--config', config];
    await run(GITEA, [...common, 'migrate']);
    await run(GITEA, [
      ...common,
      ...['admin', 'user', 'create', '--admin', '--must-change-password=false'],
      ...['--username', account.username, '--password', account.password],
      ...['--email', 'bot@example.com'],
    ]);
    const web = spawn(GITEA, [...common, 'web'], { stdio: 'ignore' });
    const gitea = new Gitea(folder, web, `127.0.0.1:${port}`);
    await gitea.waitUntilUp();
    await gitea.api('POST', '/orgs', { username: 'acme' });
    return gitea;
  }

  get url() {
    return `http://${this.host}`;
  }

  /** Calls its API as the account. @throws Error with its answer if that is no success */
  async api(method: string, path: string, body?: object): Promise<any> {
    const { username, password } = account;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    const response = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async stop(): Promise<void> {
    const ended = new Promise(resolve => this.process.once('exit', resolve));
    this.process.kill();
    await ended;
    await rm(this.folder, { recursive: true, force: true });
  }

  private async waitUntilUp(): Promise<void> {
    const end = Date.now() + 60_000;
    while (Date.now() < end) {
      const up = await fetch(`${this.url}/api/v1/version`).catch(() => {});
      if (up?.ok) return;
      await sleep(200);
    }
    throw new Error(`Gitea is not up at ${this.url}`);
  }
}

const toIni = (folder: string, port: number, source: string) => `
I_AM_BEING_UNSAFE_RUNNING_AS_ROOT = true
RUN_MODE = prod
WORK_PATH = ${folder}
[server]
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = http://127.0.0.1:${port}/
STATIC_ROOT_PATH = ${source}
OFFLINE_MODE = true
DISABLE_SSH = true
[database]
DB_TYPE = sqlite3
PATH = ${join(folder, 'gitea.db')}
[security]
INSTALL_LOCK = true
[actions]
ENABLED = false
[log]
LEVEL = error
`;
