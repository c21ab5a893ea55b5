import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { localEnvironment } from '../environment.ts';
import { fail, sayDone } from '../output.ts';
import { root } from '../paths.ts';
import { run } from '../processes.ts';
import { buildCli, installPackages } from '../setup.ts';

const cases = join(root, 'templates/mwaa-data-lake/cases');

/**
 * Renders a case (the answers to the template's form) into a folder, by a dry run of the scaffolder with the
 * template's own steps: it publishes, deploys and uploads nothing.
 */
export async function render([name, folder]: string[]): Promise<void> {
  const names = (await readdir(cases)).map(file => file.replace('.yaml', ''));
  if (!name || !folder || !names.includes(name)) {
    fail(
      `Usage: ./dev render CASE DIR, where CASE is one of: ${names.join(', ')}`,
    );
  }
  const target = resolve(folder);
  await mkdir(target, { recursive: true });
  if ((await readdir(target)).length > 0) {
    fail(`${target} is not empty: name a new folder`);
  }
  await installPackages();
  await buildCli();
  await run({
    name: `render ${name}`,
    command: process.execPath,
    args: [
      '--no-node-snapshot',
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      'src/render.ts',
      join(cases, `${name}.yaml`),
      target,
      '--config',
      'render.config.yaml',
    ],
    cwd: join(root, 'packages/backend'),
    env: { ...localEnvironment(), NODE_ENV: 'development', LOG_LEVEL: 'warn' },
  });
  await readFile(join(target, 'project.yaml'));
  sayDone(`${name} rendered into ${target}`);
}
