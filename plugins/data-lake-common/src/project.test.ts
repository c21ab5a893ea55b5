import { listStacks, Project } from './project';

const project = {
  name: 'movielens',
  owner: 'group:default/data-engineering',
  entity: 'component:default/movielens',
  compute: 'emr',
  datasets: [
    { name: 'movielens', source: 'sample:1000', tables: ['movies'], marts: [] },
  ],
  environments: [
    {
      name: 'demo',
      account: '000000000000',
      region: 'us-east-1',
      mwaa: {
        environment: 'local-airflow',
        airflowVersion: '3.3.1',
        bucket: 'bucket',
        executionRole: 'role',
      },
    },
  ],
  stacks: [
    { name: 'foundations', template: 'infra/foundations.json' },
    { name: 'observability', template: 'o.json', environments: ['demo'] },
  ],
  release: { files: ['jobs/*.py'], archives: ['jobs/lake'] },
};
const [dataset] = project.datasets;
const [environment] = project.environments;

describe('Project', () => {
  it('fills in the defaults', () => {
    expect(Project.parse(project)).toMatchObject({
      description: '',
      lakeFormation: false,
      schedule: null,
      tableFormat: 'parquet',
      dags: 'dags',
      environments: [
        { mwaa: { dagPath: 'dags' }, dataBucket: '', removable: false },
      ],
    });
  });

  it('reads its own output unchanged', () => {
    const parsed = Project.parse(project);
    expect(Project.parse(JSON.parse(JSON.stringify(parsed)))).toEqual(parsed);
  });

  it('writes the entity ref as the catalog does', () => {
    const entity = 'Component:default/MovieLens';
    expect(Project.parse({ ...project, entity }).entity).toBe(
      'component:default/movielens',
    );
  });

  it.each([
    'component:default/payroll',
    'component:default/movielens-2',
    'component:payroll/movielens',
    'resource:default/movielens',
    'movielens',
  ])('refuses a name that is not that of the entity (%s)', entity => {
    const { error } = Project.safeParse({ ...project, entity });
    expect(error?.issues).toMatchObject([
      {
        path: ['entity'],
        message: expect.stringMatching(/^must be component:default.movielens:/),
      },
    ]);
  });

  it.each([
    ['a name with capitals', { name: 'MovieLens' }],
    ['no environment', { environments: [] }],
    ['another compute', { compute: 'dataproc' }],
    ['a dataset twice', { datasets: [dataset, dataset] }],
    [
      'a table of two datasets',
      { datasets: [dataset, { ...dataset, name: 'other' }] },
    ],
    ['a source that is no place', { datasets: [{ ...dataset, source: 'x' }] }],
    [
      'an account of 11 digits',
      { environments: [{ ...environment, account: '0'.repeat(11) }] },
    ],
    [
      'a stack of an unknown environment',
      { stacks: [{ ...project.stacks[0], environments: ['dmeo'] }] },
    ],
    ['an unknown key', { shedule: null }],
    ['DAGs above the project', { dags: '../dags' }],
    ['DAGs at an absolute path', { dags: '/dags' }],
    ['a path of Windows', { dags: 'a\\b' }],
  ])('refuses %s', (_, change) => {
    expect(Project.safeParse({ ...project, ...change }).success).toBe(false);
  });
});

describe('listStacks', () => {
  it('gives those of the environment, in the order of their deployment', () => {
    const parsed = Project.parse(project);
    const namesOf = (name: string) =>
      listStacks(parsed, name).map(stack => stack.name);
    expect(namesOf('demo')).toEqual(['foundations', 'observability']);
    expect(namesOf('prod')).toEqual(['foundations']);
  });
});
