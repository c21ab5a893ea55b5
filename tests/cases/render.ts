import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createBackendModule,
  resolveSafeChildPath,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolder from '@backstage/plugin-scaffolder-backend';
import aws from '@data-lake/plugin-scaffolder-backend-module-aws';
import dataLake, {
  repositoryHostsExtensionPoint,
} from '@data-lake/plugin-scaffolder-backend-module-data-lake';
import { parse } from 'yaml';

export const root = join(__dirname, '../..');
export const casesFolder = join(root, 'templates/mwaa-data-lake/cases');

/**
 * Starts one scaffolder for all cases, which renders them with the template's own steps in a dry run, as
 * `./dev render` does.
 */
export async function startRenderer() {
  const backend = await startTestBackend({
    features: [
      scaffolder,
      aws,
      dataLake,
      publishNowhere,
      catalogServiceMock.factory(),
      mockServices.rootConfig.factory({ data: await readConfig() }),
    ],
  });
  const url = `http://127.0.0.1:${backend.server.port()}/api/scaffolder/v2/dry-run`;
  return {
    /** Renders a case into a folder, with the caller's changes of its answers. */
    render: async (
      name: string,
      folder: string,
      answers: Record<string, unknown> = {},
    ) => write(await dryRun(url, name, answers), folder),
    stop: () => backend.stop(),
  };
}

/** Folder of the rendered repository in the workspace. */
const rendered = 'project/';

interface SerializedFile {
  path: string;
  base64Content: string;
  executable?: boolean;
}

async function dryRun(
  url: string,
  name: string,
  answers: Record<string, unknown>,
): Promise<SerializedFile[]> {
  const read = async (file: string) => parse(await readFile(file, 'utf8'));
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      template: await read(join(casesFolder, '../template.yaml')),
      values: {
        ...(await read(join(casesFolder, `${name}.yaml`))),
        ...answers,
      },
      directoryContents: [],
    }),
  });
  if (!response.ok) {
    throw new Error(
      `The template refuses the case ${name}: ${await response.text()}`,
    );
  }
  return (await response.json()).directoryContents;
}

async function write(files: SerializedFile[], folder: string): Promise<void> {
  const project = files.filter(file => file.path.startsWith(rendered));
  for (const file of project) {
    const path = resolveSafeChildPath(folder, file.path.slice(rendered.length));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, Buffer.from(file.base64Content, 'base64'), {
      mode: file.executable ? 0o755 : 0o644,
    });
  }
}

/** The configuration of `./dev render`, without the parts of a test backend. */
async function readConfig() {
  const file = join(root, 'packages/backend/render.config.yaml');
  const { backend: _, ...config } = parse(await readFile(file, 'utf8'));
  return config;
}

/** The host of the cases, which publishes nothing in a dry run. */
const publishNowhere = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'publish-nowhere',
  register(env) {
    env.registerInit({
      deps: { hosts: repositoryHostsExtensionPoint },
      async init({ hosts }) {
        const refuse = async () => {
          throw new Error('A dry run publishes nothing');
        };
        hosts.addHost({
          takes: url => url.startsWith('local?'),
          publish: refuse,
          register: refuse,
          protect: refuse,
          requestChange: refuse,
        });
      },
    });
  },
});
