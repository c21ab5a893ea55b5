import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installPythonEnvironment } from '../pythonEnvironment.ts';
import { say, UserError } from '../output.ts';
import { root } from '../paths.ts';
import { run } from '../processes.ts';

/** Locks of the peers, by version and hash. */
const requirements = join(root, 'packages/dev/requirements');
const tools = join(root, '.tools');

/** Installs the AWS CLI, version 1, from PyPI. @returns the path of `aws` */
export async function installAwsCli(): Promise<string> {
  return join(await installPythonEnvironment('awscli'), 'aws');
}

/** Installs CDK from npm. @returns the path of `cdk` */
export async function installCdk(): Promise<string> {
  const folder = join(tools, 'cdk');
  await mkdir(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(join(requirements, 'cdk', file), join(folder, file));
  }
  say('Installing cdk');
  await run({
    name: 'cdk install',
    command: 'npm',
    args: ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
    cwd: folder,
  });
  return join(folder, 'node_modules/.bin/cdk');
}

/** Builds s5cmd from source. @returns its path, or undefined if this machine has no Go */
export async function installS5cmd(): Promise<string | undefined> {
  const sums = await readFile(join(requirements, 's5cmd/go.sum'));
  const version = createHash('sha256').update(sums).digest('hex').slice(0, 12);
  const path = join(tools, `s5cmd-${version}`);
  if (existsSync(path)) {
    return path;
  }
  say('Building s5cmd');
  try {
    await run({
      name: 's5cmd build',
      command: 'go',
      args: ['build', '-o', path, 'github.com/peak/s5cmd/v2'],
      cwd: join(requirements, 's5cmd'),
    });
    return path;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(
      `s5cmd is left out: it is built with Go 1.20 or newer (https://go.dev/dl). ${error.message}`,
    );
    return undefined;
  }
}
