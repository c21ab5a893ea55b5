import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findMetadataFaults, packagedFiles, repository } from './metadata.ts';
import { listPublishedPackages } from './published.ts';

const root = resolve(__dirname, '../../../..');

describe('every published package', () => {
  it('has complete metadata, a README, a changelog and the licence', async () => {
    const published = await listPublishedPackages(root);
    expect(published.length).toBeGreaterThan(5);
    const licence = await readFile(join(root, 'LICENSE'), 'utf8');
    const faults: string[] = [];
    for (const one of published) {
      const folder = join(root, one.folder);
      faults.push(...findMetadataFaults(one, await readdir(folder)));
      expect(await readFile(join(folder, 'LICENSE'), 'utf8')).toBe(licence);
    }
    expect(faults).toEqual([]);
  });

  it('is released by the first changeset, under one version', async () => {
    const published = await listPublishedPackages(root);
    expect(new Set(published.map(({ json }) => json.version)).size).toBe(1);
    const changeset = await readFile(
      join(root, '.changeset/first-release.md'),
      'utf8',
    ).catch(() => '');
    const unreleased = published.filter(({ json }) => json.version === '0.0.0');
    expect((changeset.match(/(?<=^')[^']+/gm) ?? []).sort()).toEqual(
      unreleased.map(({ json }) => json.name).sort(),
    );
  });
});

describe('findMetadataFaults', () => {
  const complete = {
    name: '@data-lake/example',
    version: '1.0.0',
    description: 'An example',
    license: 'Apache-2.0',
    homepage: `${repository}/tree/main/packages/example#readme`,
    bugs: { url: `${repository}/issues` },
    repository: {
      type: 'git',
      url: `git+${repository}.git`,
      directory: 'packages/example',
    },
    engines: { node: '22 || 24' },
    keywords: ['aws'],
    files: ['dist'],
    backstage: { role: 'node-library' },
    publishConfig: { access: 'public' },
  };
  const find = (change: object, files = packagedFiles) =>
    findMetadataFaults(
      { folder: 'packages/example', json: { ...complete, ...change } },
      files,
    );

  it('finds nothing where all is there', () => {
    expect(find({})).toEqual([]);
  });

  it('names the package and each fault', () => {
    expect(
      find({ keywords: [], bugs: undefined, publishConfig: undefined }, [
        'README.md',
        'LICENSE',
      ]),
    ).toEqual([
      `@data-lake/example: bugs is not {"url":"${repository}/issues"}`,
      '@data-lake/example: keywords is missing',
      '@data-lake/example: CHANGELOG.md is missing',
      '@data-lake/example: publishConfig.access is not "public"',
    ]);
  });

  it('finds metadata copied from another package', () => {
    expect(
      findMetadataFaults(
        { folder: 'packages/other', json: complete },
        packagedFiles,
      ),
    ).toEqual([
      expect.stringContaining('homepage is not'),
      expect.stringContaining('repository is not'),
    ]);
  });
});
