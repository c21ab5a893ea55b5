import { findTouched } from './findTouched.ts';
import { listChanges } from './snapshot.ts';
import type { Workspace } from './workspaces.ts';

const workspaces: Workspace[] = [
  {
    folder: 'plugins/common',
    name: 'common',
    dependencies: [],
    entryPoints: ['plugins/common/src/index.ts'],
  },
  {
    folder: 'plugins/node',
    name: 'node',
    dependencies: ['common'],
    entryPoints: ['plugins/node/src/index.ts'],
  },
  {
    folder: 'plugins/backend',
    name: 'backend',
    dependencies: ['node'],
    entryPoints: ['plugins/backend/src/index.ts'],
  },
];

describe('findTouched', () => {
  it('finds the unit tests of a change in a package that no other depends on', () => {
    expect(findTouched(['plugins/backend/src/router.ts'], workspaces)).toEqual({
      files: ['plugins/backend/src/router.ts'],
      parts: [],
      slowParts: [],
    });
  });

  it('finds those of all packages that depend on the changed one, directly or not', () => {
    expect(
      findTouched(['plugins/common/src/run.ts'], workspaces).files,
    ).toEqual([
      'plugins/common/src/run.ts',
      'plugins/common/src/index.ts',
      'plugins/node/src/index.ts',
    ]);
  });

  it.each([
    ['packages/local-aws/local_aws/moto.py', 'local-aws'],
    ['skeleton/jobs/lake/zone.py', 'skeleton'],
    ['templates/mwaa-data-lake/template.yaml', 'cases'],
    ['tests/cases/render.ts', 'cases'],
  ])('finds the part of %s', (path, part) => {
    expect(findTouched([path], workspaces)).toEqual({
      files: [],
      parts: [part],
      slowParts: [],
    });
  });

  it('only names the parts that need servers', () => {
    expect(findTouched(['tests/runs/whole.test.ts'], workspaces)).toEqual({
      files: [],
      parts: [],
      slowParts: ['runs'],
    });
  });

  it('finds nothing for a change that no test reads', () => {
    expect(findTouched(['docs/glossary.md'], workspaces)).toEqual({
      files: [],
      parts: [],
      slowParts: [],
    });
  });
});

describe('listChanges', () => {
  it('lists changed, added and removed files', () => {
    const before = new Map([
      ['same', 1],
      ['changed', 1],
      ['removed', 1],
    ]);
    const after = new Map([
      ['same', 1],
      ['changed', 2],
      ['added', 1],
    ]);
    expect(listChanges(before, after)).toEqual(['changed', 'removed', 'added']);
  });
});
