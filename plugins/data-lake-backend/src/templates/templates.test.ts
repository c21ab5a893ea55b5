import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import packageJson from '../../package.json';
import { templatesModule } from './module';

const root = resolve(__dirname, '../../../..');
const names = readdirSync(join(root, 'templates'));

async function provide(templates: object = {}) {
  const addEntityProvider = jest.fn();
  await startTestBackend({
    extensionPoints: [
      [catalogProcessingExtensionPoint, { addEntityProvider } as any],
    ],
    features: [
      templatesModule,
      mockServices.rootConfig.factory({ data: { dataLake: { templates } } }),
    ],
  });
  const applyMutation = jest.fn();
  for (const [provider] of addEntityProvider.mock.calls) {
    await provider.connect({ applyMutation });
  }
  return applyMutation.mock.calls.flatMap(([{ entities }]) =>
    entities.map(({ entity }: any) => entity),
  );
}

it('provides every template, with where it is from', async () => {
  const entities = await provide();
  expect(entities.map(({ metadata }) => metadata.name).sort()).toEqual(names);
  for (const { kind, metadata, spec } of entities) {
    expect([kind, spec.owner]).toEqual(['Template', undefined]);
    expect(metadata.annotations['backstage.io/managed-by-location']).toBe(
      `file:${root}/templates/${metadata.name}/template.yaml`,
    );
  }
});

it('gives them the owner of the configuration', async () => {
  const entities = await provide({ owner: 'group:default/platform' });
  expect(new Set(entities.map(({ spec }) => spec.owner))).toEqual(
    new Set(['group:default/platform']),
  );
});

it('provides none where the configuration says so', async () => {
  expect(await provide({ provide: false })).toEqual([]);
});

it('is packed with each template as it is', () => {
  const folder = createMockDirectory({
    content: {
      'package.json': JSON.stringify({
        name: 'packed',
        version: '1.0.0',
        files: packageJson.files,
      }),
      'yarn.lock': '',
    },
  });
  const node = (...args: string[]) =>
    execFileSync(process.execPath, args, {
      cwd: folder.path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  node(join(__dirname, '../../scripts/copy-templates.js'), '--to', folder.path);
  const [yarn] = readdirSync(join(root, '.yarn/releases'));
  const packed = node(
    join(root, '.yarn/releases', yarn),
    'pack',
    '--dry-run',
    '--json',
  )
    .trim()
    .split('\n')
    .flatMap(line => JSON.parse(line).location ?? [])
    .filter(path => path.startsWith('templates/'));
  expect(packed.sort()).toEqual(
    names.map(name => `templates/${name}/template.yaml`),
  );
  for (const path of packed) {
    expect(readFileSync(folder.resolve(path), 'utf8')).toBe(
      readFileSync(join(root, path), 'utf8'),
    );
  }
});
