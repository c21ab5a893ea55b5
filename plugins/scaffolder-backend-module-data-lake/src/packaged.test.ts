/** What Yarn would publish of the skeleton, compared with what Git has. */
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createMockDirectory } from '@backstage/backend-test-utils';
import fs from 'fs-extra';
import packageJson from '../package.json';
import { copySkeleton } from './copySkeleton';

const root = resolve(__dirname, '../../..');
const yarn = join(
  root,
  '.yarn/releases',
  readdirSync(join(root, '.yarn/releases'))[0],
);
const folder = createMockDirectory();
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: root, encoding: 'utf8' });
const node = (...args: string[]) =>
  execFileSync(process.execPath, args, {
    cwd: folder.path,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const inGit = git('ls-files', 'skeleton').trim().split('\n').sort();

beforeAll(() => {
  node(join(__dirname, '../scripts/copy-skeleton.js'), '--to', folder.path);
  folder.addContent({
    'package.json': JSON.stringify({
      name: 'packed',
      version: '1.0.0',
      files: packageJson.files,
    }),
    'yarn.lock': '',
  });
});

const toGitPath = (packed: string) => packed.replace(/(^|\/)dot_/g, '$1.');
const listSkeleton = (paths: string[]) =>
  paths
    .filter(path => path.startsWith('skeleton/'))
    .map(toGitPath)
    .sort();

it('is packed by Yarn with every file', () => {
  const lines = node(yarn, 'pack', '--dry-run', '--json').trim().split('\n');
  const packed = lines.flatMap(line => JSON.parse(line).location ?? []);
  expect(listSkeleton(packed)).toEqual(inGit);
});

it('becomes the same project as that of the checkout', async () => {
  const fromPackage = folder.resolve('from-package');
  const fromCheckout = folder.resolve('from-checkout');
  await copySkeleton({
    source: folder.resolve('skeleton'),
    target: fromPackage,
  });
  const checkout = folder.resolve('checkout');
  for (const path of inGit) {
    await fs.copy(join(root, path), join(checkout, path));
  }
  await copySkeleton({
    source: join(checkout, 'skeleton'),
    target: fromCheckout,
  });
  expect(read(fromPackage)).toEqual(read(fromCheckout));
  expect(Object.keys(read(fromPackage))).toEqual(
    expect.arrayContaining(['.github/workflows/ci.yml', '.gitignore.njk']),
  );
});

/** Text and mode of each file. */
function read(below: string): Record<string, string> {
  const entries = readdirSync(below, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name))
      .sort()
      .map(path => [
        relative(below, path),
        `${statSync(path).mode} ${fs.readFileSync(path, 'utf8')}`,
      ]),
  );
}
