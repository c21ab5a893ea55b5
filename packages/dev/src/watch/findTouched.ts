import type { PartName } from '../test/partNames.ts';
import type { Workspace } from './workspaces.ts';

/** Tests that changes touch. */
export interface Touched {
  /** Files, below the root, whose related unit tests are run. */
  files: string[];
  /** Parts that are run. */
  parts: PartName[];
  /** Parts that take minutes and servers: they are named only. */
  slowParts: PartName[];
}

/**
 * Finds the tests that changes touch: the unit tests that import a changed file, here or in a package that
 * depends on its package, or the part of a folder.
 */
export function findTouched(
  paths: readonly string[],
  workspaces: readonly Workspace[],
): Touched {
  const matches = partFolders.filter(({ folder }) =>
    paths.some(path => path.startsWith(folder)),
  );
  const sources = paths.filter(path =>
    /\.(tsx?|cjs|mjs|js|ya?ml|json)$/.test(path),
  );
  const changed = workspaces.filter(({ folder }) =>
    sources.some(path => path.startsWith(`${folder}/`)),
  );
  return {
    files: [
      ...sources.filter(path =>
        changed.some(({ folder }) => path.startsWith(`${folder}/`)),
      ),
      ...listEntryPoints(changed, workspaces),
    ],
    parts: toParts(matches.filter(({ slow }) => !slow)),
    slowParts: toParts(matches.filter(({ slow }) => slow)),
  };
}

const partFolders: { folder: string; part: PartName; slow?: true }[] = [
  { folder: 'packages/local-aws/', part: 'local-aws' },
  { folder: 'skeleton/', part: 'skeleton' },
  { folder: 'templates/', part: 'cases' },
  { folder: 'tests/cases/', part: 'cases' },
  { folder: 'tests/integration/', part: 'integration', slow: true },
  { folder: 'tests/e2e/', part: 'e2e', slow: true },
  { folder: 'tests/runs/', part: 'runs', slow: true },
  { folder: 'tests/permissions/', part: 'permissions', slow: true },
  { folder: 'tests/gitea/', part: 'gitea', slow: true },
  { folder: 'tests/walks/', part: 'integration', slow: true },
  { folder: 'tests/walks/', part: 'walks', slow: true },
];

function toParts(matches: typeof partFolders): PartName[] {
  return [...new Set(matches.map(({ part }) => part))];
}

/**
 * Lists the entry points of the packages that others depend on, from those changed up. Jest finds related
 * tests in one package at a time: a test of another package is related to the entry point that it imports.
 */
function listEntryPoints(
  changed: readonly Workspace[],
  workspaces: readonly Workspace[],
): string[] {
  const reached = new Set(changed);
  for (const { name } of reached) {
    workspaces
      .filter(({ dependencies }) => dependencies.includes(name))
      .forEach(dependent => reached.add(dependent));
  }
  return [...reached]
    .filter(({ name }) =>
      workspaces.some(({ dependencies }) => dependencies.includes(name)),
    )
    .flatMap(({ entryPoints }) => entryPoints);
}
