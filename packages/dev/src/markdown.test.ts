/** What the documents name is there: files, anchors, tests and keys of the configuration. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseAllDocuments } from 'yaml';

const root = join(__dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const tracked = execFileSync('git', ['ls-files'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
})
  .split('\n')
  .filter(path => path && existsSync(join(root, path)));
const documents = tracked.filter(
  path =>
    /\.md(\.njk)?$/.test(path) && !/CHANGELOG|report.*\.api\.md/.test(path),
);

const withoutCode = (text: string) => text.replace(/^\s*```[^]*?```$/gm, '');

/** The anchors that GitHub gives to the headings of a document. */
const anchorsOf = (text: string) =>
  [...withoutCode(text).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Each relative link of a document: the file that it leads to, and the anchor. */
const linksOf = (path: string) =>
  [...withoutCode(read(path)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter(link => !/^[a-z]+:/.test(link))
    .map(link => {
      const [file, anchor] = link.split('#');
      const target = file ? normalize(join(dirname(path), file)) : path;
      return { link, target, anchor };
    });

function isDead({ target, anchor }: { target: string; anchor?: string }) {
  if (!existsSync(join(root, target))) return true;
  if (!anchor) return false;
  const isFolder = statSync(join(root, target)).isDirectory();
  const text = read(isFolder ? join(target, 'README.md') : target);
  return !anchorsOf(text).includes(anchor);
}

it('links to files and headings that are there', () => {
  const links = documents.flatMap(path =>
    linksOf(path).map(link => ({ path, ...link })),
  );
  expect(links.length).toBeGreaterThan(100);
  expect(
    links.filter(isDead).map(({ path, link }) => `${path}: ${link}`),
  ).toEqual([]);
});

describe('the threat model', () => {
  const path = 'docs/threat-model.md';
  const [attackers] = read(path).split('## What is not covered');
  const rows = attackers
    .split('\n')
    .filter(line => /^\| (?!reaches|-)/.test(line))
    .map(line => line.split('|').slice(1, -1));

  it('names a test for each thing that is stopped', () => {
    expect(rows.length).toBeGreaterThan(15);
    const untested = rows.filter(
      ([, stoppedBy, test]) =>
        !/^nothing\b/.test(stoppedBy.trim()) && !/\]\(.*test/.test(test),
    );
    expect(untested).toEqual([]);
  });

  it('names titles that the tests have', () => {
    const titles = rows.flatMap(([, , test]) =>
      [...test.matchAll(/\]\(([^)]+)\) › ([^[]+?)(?=, \[|\s*$)/g)].map(
        ([, link, title]) => ({
          file: normalize(join('docs', link)),
          title: title.trim(),
        }),
      ),
    );
    expect(titles.length).toBeGreaterThan(3);
    expect(
      titles.filter(
        ({ file, title }) => !read(file).replace(/\\'/g, "'").includes(title),
      ),
    ).toEqual([]);
  });
});

describe('the configuration in the documents', () => {
  const schemas = tracked.filter(path => path.endsWith('/config.d.ts'));
  const keys = new Set(
    schemas.flatMap(path =>
      [...read(path).matchAll(/^\s+(?:\[?)(\w+)\??:/gm)].map(([, key]) => key),
    ),
  );
  const examples = [
    ...documents.flatMap(path =>
      [...read(path).matchAll(/^ *```ya?ml\n([^]*?)^ *```/gm)].map(
        ([, text]) => ({ path, text }),
      ),
    ),
    ...['app-config.yaml', 'app-config.production.yaml'].map(path => ({
      path,
      text: read(path),
    })),
  ].flatMap(({ path, text }) =>
    parseAllDocuments(text).map(document => ({ path, data: document.toJS() })),
  );
  const ours = ['awsDeploy', 'dataLake', 'permissionPolicy'];

  function unknownKeys(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap(unknownKeys);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, each]) => [
      ...(keys.has(key) ? [] : [key]),
      // endpoints have names of services
      ...(key === 'endpoints' ? [] : unknownKeys(each)),
    ]);
  }

  it('has only keys that config.d.ts declares', () => {
    const shown = examples.flatMap(({ path, data }) =>
      ours
        .filter(name => data?.[name])
        .map(name => ({ path, unknown: unknownKeys({ [name]: data[name] }) })),
    );
    expect(shown.length).toBeGreaterThan(5);
    expect(shown.filter(({ unknown }) => unknown.length > 0)).toEqual([]);
  });

  it('names credentials for each account: a listed one without them gets those of the backend itself', () => {
    const accounts = examples.flatMap(({ path, data }) =>
      (data?.aws?.accounts ?? []).map((account: object) => ({
        path,
        account,
      })),
    );
    expect(accounts.length).toBeGreaterThan(5);
    expect(
      accounts.filter(
        ({ account }) => !('roleName' in account || 'accessKeyId' in account),
      ),
    ).toEqual([]);
  });
});
