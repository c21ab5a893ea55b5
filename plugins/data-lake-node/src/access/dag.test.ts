import { findOwnPrefix, isInDagFolder, isOwnDag } from './dag';

const prefix = 'movielens-demo';
const own = {
  dag_id: prefix,
  fileloc: '/usr/local/airflow/dags/movielens-demo/movielens.py',
};
const at = (path: string) => ({
  ...own,
  fileloc: `/usr/local/airflow/dags/${path}`,
});

describe('isOwnDag', () => {
  it.each([
    ['in its folder', own],
    ['in a folder of its folder', at(`${prefix}/a/b.py`)],
  ])('takes a DAG %s', (_, dag) => {
    expect(isOwnDag(dag, prefix)).toBe(true);
  });

  it.each<[string, Parameters<typeof isOwnDag>[0]]>([
    ['of another id in its folder', { ...own, dag_id: 'payroll' }],
    ['of its id elsewhere', at('payroll/dag.py')],
    ['of its id in no folder', at('dag.py')],
    ['of its id in a file of that name', at(prefix)],
    ['of its id in a folder whose name begins alike', at(`${prefix}-2/dag.py`)],
    [
      'of its id in a folder of that name of another’s',
      at(`payroll-demo/${prefix}/dag.py`),
    ],
    [
      'of its id in a folder of all names of another’s',
      at(`payroll-demo/dags/${prefix}/dag.py`),
    ],
    [
      'of its id in an archive of another’s',
      at(`payroll-demo/x.zip/${prefix}/dag.py`),
    ],
    [
      'of its id elsewhere, whose tag names the entity',
      {
        ...at('payroll-demo/dag.py'),
        ...{ tags: [{ name: 'component:default/movielens' }] },
      },
    ],
    [
      'of its id outside of the folder of all DAGs',
      { ...own, fileloc: `/d/${prefix}/dag.py` },
    ],
    ['of its id in an unknown file', { ...own, fileloc: null }],
  ])('takes no DAG %s', (_, dag) => {
    expect(isOwnDag(dag, prefix)).toBe(false);
  });

  it('takes none by its folder where no foundations stack tells the prefix', () => {
    expect(isOwnDag(own, undefined)).toBe(false);
    expect(isOwnDag({ dag_id: '', fileloc: '/dags//a.py' }, undefined)).toBe(
      false,
    );
  });
});

describe('isInDagFolder', () => {
  it('takes a path below the folder of all DAGs, as Airflow 3 gives it', () => {
    expect(isInDagFolder(`${prefix}/a.py`, prefix)).toBe(true);
    for (const path of [
      `payroll-demo/${prefix}/a.py`,
      `dags/${prefix}/a.py`,
      prefix,
    ]) {
      expect([path, isInDagFolder(path, prefix)]).toEqual([path, false]);
    }
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
