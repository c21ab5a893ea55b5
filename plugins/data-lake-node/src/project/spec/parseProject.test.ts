import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { parseProject } from './parseProject';

const skeleton = readFileSync(
  join(__dirname, '../../../../../skeleton/project.yaml'),
  'utf8',
);

const withDatasets = (datasets: unknown) =>
  stringify({ ...parse(skeleton), datasets }, { aliasDuplicateObjects: false });

const books = {
  name: 'books',
  source: 's3://shop/books/',
  tables: ['books'],
  marts: ['books_by_author'],
};

describe('parseProject', () => {
  it('reads the project that the skeleton is', () => {
    expect(parseProject(skeleton)).toMatchObject({
      name: 'movielens',
      tableFormat: 'parquet',
      datasets: [
        {
          name: 'movielens',
          source: 'sample:1000',
          tables: ['movies', 'ratings', 'tags'],
          marts: ['most_popular_movies', 'top_rated_movies'],
        },
      ],
    });
  });

  it('takes several datasets, also without marts', () => {
    const { marts: _, ...bare } = {
      ...books,
      name: 'films',
      tables: ['films'],
    };
    expect(parseProject(withDatasets([books, bare])).datasets).toEqual([
      books,
      { ...bare, marts: [] },
    ]);
  });

  it.each([
    ['no dataset', [], /datasets: /],
    ['one twice', [books, books], /datasets: names a dataset twice/],
    [
      'a table of two',
      [books, { ...books, name: 'shop', tables: ['books_by_author'] }],
      /datasets: names a table twice/,
    ],
    ['no table', [{ ...books, tables: [] }], /datasets\.0\.tables: /],
    [
      'a name of no folder',
      [{ ...books, name: '../../x' }],
      /datasets\.0\.name: /,
    ],
    ['a path', [{ ...books, source: '/etc' }], /datasets\.0\.source: /],
  ])('refuses %s', (_, datasets, problem) => {
    expect(() => parseProject(withDatasets(datasets))).toThrow(problem);
  });
});
