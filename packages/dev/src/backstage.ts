import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { backstageUrl, signIn } from './backstageClient.ts';
import { docsFolder } from './docs.ts';
import { localEnvironment } from './environment.ts';
import { fail } from './output.ts';
import { local, root } from './paths.ts';
import { startProcess, tail, type RunningProcess } from './processes.ts';

/** Runs the backend from source; it serves the built app on the same port. */
export async function startBackstage(state: string): Promise<RunningProcess> {
  for (const folder of ['backstage/db', 'backstage/workspaces', 'repos']) {
    await mkdir(join(state, folder), { recursive: true });
  }
  return startProcess({
    name: 'backstage',
    command: process.execPath,
    args: [
      '--no-node-snapshot',
      '--require',
      join(root, 'packages/dev/src/exitWithParent.cjs'),
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'src/index.ts',
      '--config',
      '../../app-config.yaml',
      ...(state === local ? [] : ['--config', await writeStateConfig(state)]),
    ],
    cwd: join(root, 'packages/backend'),
    env: {
      ...localEnvironment(state),
      NODE_ENV: 'development',
      // mkdocs, for TechDocs
      PATH: `${join(docsFolder, 'bin')}:${process.env.PATH}`,
    },
  });
}

/** Writes a configuration that moves the state of app-config.yaml from .local to a folder. */
async function writeStateConfig(state: string): Promise<string> {
  const path = join(state, 'app-config.state.json');
  const config = {
    backend: {
      database: { connection: { directory: join(state, 'backstage/db') } },
      workingDirectory: join(state, 'backstage/workspaces'),
    },
    localRepositories: { path: join(state, 'repos') },
  };
  await writeFile(path, JSON.stringify(config, undefined, 2));
  return path;
}

/** Waits until the backend is ready and the catalog knows the template. */
export async function waitForBackstage(
  backstage: RunningProcess,
): Promise<void> {
  let ended = false;
  void backstage.exited.then(() => (ended = true));
  const end = Date.now() + 180_000;
  while (Date.now() < end) {
    if (await isReady()) {
      return;
    }
    if (ended) {
      fail(`Backstage ended:\n${await tail('backstage')}`);
    }
    await sleep(300);
  }
  fail(`Backstage did not come up in 3 minutes:\n${await tail('backstage')}`);
}

async function isReady(): Promise<boolean> {
  try {
    const ready = await fetch(`${backstageUrl}/.backstage/health/v1/readiness`);
    if (!ready.ok) {
      return false;
    }
    const client = await signIn();
    await client.get(
      '/catalog/entities/by-name/template/default/mwaa-data-lake',
    );
    return true;
  } catch {
    return false;
  }
}
