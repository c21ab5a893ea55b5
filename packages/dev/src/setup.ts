import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from './once.ts';
import { fail, say, sayDone, seconds } from './output.ts';
import { local, root, yarn } from './paths.ts';
import { run } from './processes.ts';

/** Checks that the machine has all that is needed, before anything is installed. @throws UserError that names the gap */
export async function checkMachine(): Promise<void> {
  const python = version('python3', [
    '-c',
    'import sys; print("%d.%d" % sys.version_info[:2])',
  ]);
  const [major, minor] = (python ?? '0.0').split('.').map(Number);
  if (major < 3 || (major === 3 && minor < 11)) {
    fail(
      `Python 3.11 or newer is needed as python3 (found: ${
        python ?? 'none'
      }): install it, for example with your system's package manager`,
    );
  }
  const java = version('java', ['-version']);
  if (!java || !/version "17[."]/.test(java)) {
    fail(
      `Java 17 is needed for Spark (found: ${
        java?.split('\n')[0] ?? 'none'
      }): install it, for example from https://adoptium.net, and put it on the PATH`,
    );
  }
  const disk = await statfs(root);
  const free = (disk.bavail * disk.bsize) / 1024 ** 3;
  if (free < 6 && !existsSync(join(local, 'envs'))) {
    fail(
      `About 6 GiB of free disk are needed below ${root} (free: ${free.toFixed(
        1,
      )} GiB): make room and run this again`,
    );
  }
}

function version(command: string, args: string[]): string | undefined {
  try {
    // java prints its version on stderr
    return execFileSync('sh', ['-c', `"$0" "$@" 2>&1`, command, ...args], {
      encoding: 'utf8',
    }).trim();
  } catch {
    return undefined;
  }
}

/** Installs the Node packages if the lock file changed since the last time; once a process. */
export const installPackages = once(async () => {
  const stamp = join(root, 'node_modules/.dev-stamp');
  const lock = createHash('sha256')
    .update(await readFile(join(root, 'yarn.lock')))
    .digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === lock) {
    return;
  }
  const start = Date.now();
  say('Installing Node packages (about a minute the first time)');
  await run({
    name: 'yarn install',
    command: process.execPath,
    args: [yarn, 'install', '--immutable'],
  });
  await writeFile(stamp, lock);
  sayDone(`Node packages installed in ${seconds(start)}`);
});

/** Builds the app if its sources changed since the last build. */
export const buildApp = once(() =>
  buildIfChanged({
    name: 'app',
    workspace: 'app',
    args: ['--config', '../../app-config.yaml'],
    folder: 'packages/app',
    sources: [
      'packages/app/src',
      'packages/app/public',
      'packages/app/package.json',
      'plugins/data-lake/src',
      'plugins/data-lake-common/src',
    ],
  }),
);

/** Builds the command line, which the skeleton's action copies into a project, if its sources changed. */
export const buildCli = once(() =>
  buildIfChanged({
    name: 'command line',
    workspace: '@data-lake/cli',
    folder: 'packages/cli',
    sources: [
      'packages/aws/src',
      'packages/cli/package.json',
      'packages/cli/scripts',
      'packages/cli/src',
      'packages/cloudformation/src',
      'packages/s3-sync/src',
      'plugins/data-lake-common/src',
      'plugins/data-lake-node/src',
    ],
  }),
);

/** Builds a workspace, and remembers beside the result what it was built from. */
async function buildIfChanged(build: {
  name: string;
  workspace: string;
  args?: string[];
  folder: string;
  sources: string[];
}): Promise<void> {
  await installPackages();
  const { name, workspace, args = [], folder, sources } = build;
  const stamp = join(root, folder, 'dist/.built-from');
  const present = await digest([...sources, 'yarn.lock']);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === present) {
    return;
  }
  const start = Date.now();
  say(`Building the ${name}`);
  await run({
    name: `${name} build`,
    command: process.execPath,
    args: [yarn, 'workspace', workspace, 'build', ...args],
  });
  await writeFile(stamp, present);
  sayDone(`The ${name} is built, in ${seconds(start)}`);
}

async function digest(paths: string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await listFiles(path)) {
      hash.update(file).update(await readFile(join(root, file)));
    }
  }
  return hash.digest('hex');
}

async function listFiles(path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), {
    recursive: true,
    withFileTypes: true,
  }).catch(() => undefined);
  if (!entries) {
    return [path];
  }
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
