/* Started by `./dev render`: node … src/render.ts <case.yaml> <folder> --config render.config.yaml */
import { createBackend } from '@backstage/backend-defaults';
import {
  resolvePackagePath,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import fs from 'fs-extra';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { rootHttpRouter } from './foreign/rootHttpRouter';

const [caseFile, folder] = process.argv.slice(2);
const templateFile = join(
  resolvePackagePath('backend'),
  '../../templates/mwaa-data-lake/template.yaml',
);
const url = 'http://127.0.0.1:7017';

/** Where the template's steps put the rendered repository in the workspace. */
const rendered = 'project/';

async function render() {
  const backend = createBackend();
  backend.add(rootHttpRouter);
  backend.add(import('@backstage/plugin-scaffolder-backend'));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@data-lake/plugin-scaffolder-backend-module-aws'));
  backend.add(import('@data-lake/plugin-scaffolder-backend-module-data-lake'));
  backend.add(import('./localRepositories'));
  await backend.start();

  const files = await dryRun();
  const project = files.filter(file => file.path.startsWith(rendered));
  if (project.length === 0) {
    throw new Error(`The template's steps wrote nothing into ${rendered}`);
  }
  for (const file of project) {
    const path = resolveSafeChildPath(folder, file.path.slice(rendered.length));
    await fs.mkdir(dirname(path), { recursive: true });
    await fs.writeFile(path, Buffer.from(file.base64Content, 'base64'), {
      mode: file.executable ? 0o755 : 0o644,
    });
  }
  await backend.stop();
}

interface SerializedFile {
  path: string;
  base64Content: string;
  executable?: boolean;
}

async function dryRun(): Promise<SerializedFile[]> {
  const body = JSON.stringify({
    template: parse(await fs.readFile(templateFile, 'utf8')),
    values: parse(await fs.readFile(caseFile, 'utf8')),
    directoryContents: [],
  });
  // The scaffolder answers 503 until its plugin is ready.
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(`${url}/api/scaffolder/v2/dry-run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (response.ok) {
      return (await response.json()).directoryContents;
    }
    if (response.status !== 503 || attempt > 50) {
      const answer = await response.text();
      throw new Error(`The template refuses this case: ${answer}`);
    }
    await sleep(200);
  }
}

render().then(
  () => process.exit(0),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
