import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { toDagPath } from './toDagPath';

describe('toDagPath', () => {
  it('takes every id that Airflow takes, encoded', () => {
    expect(toDagPath('movielens-demo', '/details')).toBe(
      '/dags/movielens-demo/details',
    );
    expect(toDagPath('été_1.x')).toBe('/dags/%C3%A9t%C3%A9_1.x');
  });

  it.each([
    '',
    '~',
    '.',
    '..',
    'a/b',
    '../variables',
    'a?b',
    'a#b',
    'a b',
    'a%2fb',
  ])('refuses %j, which would be another path', id =>
    expect(() => toDagPath(id)).toThrow(/is not the id of a DAG/),
  );
});

it('is how every REST path of ours gets an id: none is put together elsewhere', () => {
  const root = resolve(__dirname, '../../../../..');
  const found = ['packages', 'plugins']
    .flatMap(folder =>
      readdirSync(join(root, folder)).map(n => `${folder}/${n}/src`),
    )
    .flatMap(folder => listSources(join(root, folder)))
    .flatMap(file =>
      [...readFileSync(file, 'utf8').matchAll(/path: `([^`]*)`/g)].map(
        ([, path]) => path,
      ),
    )
    .filter(path => /\$\{(?!encodeURIComponent\()/.test(path))
    .filter(path => path.startsWith('/'));
  expect(found).toEqual([]);
});

function listSources(folder: string): string[] {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name) && !name.includes('.test.'))
    .map(name => join(folder, name));
}
