import { findOwnPrefix, isOwnDag } from './dag';

const entityRef = 'component:default/movielens';
const prefix = 'movielens-demo';
const own = {
  dag_id: prefix,
  fileloc: '/usr/local/airflow/dags/movielens-demo/movielens.py',
  tags: [],
};

describe('isOwnDag', () => {
  it.each([
    ['in its folder', own],
    ['in a folder of its folder', { ...own, fileloc: `/d/${prefix}/a/b.py` }],
    [
      'of another id, whose author names the entity',
      { dag_id: 'x', tags: [{ name: 'Component:default/MovieLens' }] },
    ],
  ])('takes a DAG %s', (_, dag) => {
    expect(isOwnDag(dag, { entityRef, prefix })).toBe(true);
  });

  it.each([
    ['of another id in its folder', { ...own, dag_id: 'payroll' }],
    ['of its id elsewhere', { ...own, fileloc: '/dags/payroll/dag.py' }],
    ['of its id in a file of that name', { ...own, fileloc: `/d/${prefix}` }],
    [
      'of its id in a folder whose name begins alike',
      { ...own, fileloc: `/dags/${prefix}-2/dag.py` },
    ],
    ['of its id in an unknown file', { ...own, fileloc: null }],
    [
      'that names another entity',
      { dag_id: 'x', tags: [{ name: 'component:default/payroll' }] },
    ],
  ])('takes no DAG %s', (_, dag) => {
    expect(isOwnDag(dag, { entityRef, prefix })).toBe(false);
  });

  it('takes none by its folder where no foundations stack tells the prefix', () => {
    expect(isOwnDag(own, { entityRef, prefix: undefined })).toBe(false);
  });
});

describe('findOwnPrefix', () => {
  it('reads it from the name of the foundations stack, and from no other name', () => {
    const named = (...names: string[]) =>
      findOwnPrefix(names.map(name => ({ name })));
    expect(named('a-b-mwaa', 'a-b-foundations')).toBe('a-b');
    expect(named('a-b-mwaa', 'lake')).toBe(undefined);
  });
});
