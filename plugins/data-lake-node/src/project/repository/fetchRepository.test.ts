import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UrlReaderService } from '@backstage/backend-plugin-api';
import { fetchRepository } from './fetchRepository';
import { readRemovable } from './readRemovable';

const text = readFileSync(
  join(__dirname, '../../../../../skeleton/project.yaml'),
  'utf8',
);
// the mocks of backend-test-utils take seconds to load
const reader: jest.Mocked<UrlReaderService> = {
  readUrl: jest.fn(),
  readTree: jest.fn(),
  search: jest.fn(),
};
let folder: string;

/** The files that the branch has now. */
const holds = (files: Record<string, string>, etag = 'c0ffee') =>
  reader.readTree.mockResolvedValue({
    etag,
    files: jest.fn(),
    archive: jest.fn(),
    async dir(to) {
      await mkdir(to!.targetDir!, { recursive: true });
      for (const [path, content] of Object.entries(files)) {
        await writeFile(join(to!.targetDir!, path), content);
      }
      return to!.targetDir!;
    },
  });

const entityOf = (location: string, name = 'movielens') => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: {
      'backstage.io/managed-by-location': location,
      'backstage.io/source-location': location,
    },
  },
});
const entity = entityOf('url:https://example.org/movielens/');

beforeEach(async () => {
  reader.readTree.mockReset();
  holds({ 'project.yaml': text });
  folder = await mkdtemp(join(tmpdir(), 'data-lake-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (options: object = {}) =>
  fetchRepository({ entity, reader, folder, ...options });

describe('fetchRepository', () => {
  it('reads what the source location names, with its commit', async () => {
    expect(await read()).toMatchObject({
      url: 'https://example.org/movielens/',
      folder,
      commit: 'c0ffee',
      project: { name: 'movielens' },
    });
    expect(readFileSync(join(folder, 'project.yaml'), 'utf8')).toBe(text);
  });

  it('reads the folder of a file', async () => {
    await read({ entity: entityOf('file:/repos/movielens/catalog-info.yaml') });
    const [[url]] = reader.readTree.mock.calls;
    expect(url).toBe('file:///repos/movielens/');
  });

  it('refuses a branch that has moved on from the commit', async () => {
    await expect(read({ commit: 'c0ffee' })).resolves.toBeDefined();
    await expect(read({ commit: 'decaf' })).rejects.toThrow(
      /is at c0ffee, no longer at decaf\. Preview again/,
    );
  });

  it.each([
    [
      'the repository of another entity',
      { entity: entityOf('url:https://example.org/movielens/', 'other') },
      /names component:default\/movielens/,
    ],
    [
      'an entity without a readable source',
      { entity: entityOf('generated:by-hand') },
      /cannot be read as a repository.*source-location: url/,
    ],
  ])('refuses %s', async (_, options, message) => {
    await expect(read(options)).rejects.toThrow(message);
  });

  it('refuses a repository without a valid project', async () => {
    holds({});
    await expect(read()).rejects.toThrow(/has no project\.yaml/);
    holds({ 'project.yaml': 'name: 1' });
    await expect(read()).rejects.toThrow(/project\.yaml is invalid/);
  });
});

describe('readRemovable', () => {
  const removable = (environment = 'demo') =>
    readRemovable({ entity, environment, reader });

  it('reads it from the main branch; default false', async () => {
    expect(await removable()).toBe(false);
    const said = text.replace(
      'alertEmail: ""',
      'alertEmail: ""\n    removable: true',
    );
    holds({ 'project.yaml': said });
    expect(await removable()).toBe(true);
    expect(await removable('prod')).toBe(false);
  });
});
