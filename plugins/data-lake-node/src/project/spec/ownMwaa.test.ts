import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Project } from '@data-lake/plugin-data-lake-common';
import { readProjectFiles } from './readProjectFiles';

let source: string;
beforeAll(async () => {
  source = await mkdtemp(join(tmpdir(), 'own-mwaa-'));
});
afterAll(() => rm(source, { recursive: true }));

const own = {
  environment: 'movielens-demo',
  airflowVersion: '3.0.6',
  bucket: 'movielens-demo-mwaa-123456789012-eu-west-1',
  dagPath: 'dags',
  executionRole: 'movielens-demo-mwaa-execution',
};

/** Reads a project that makes its MWAA environment and has no templates, which are read next. */
const read = (change: object, stacks = ['mwaa', 'foundations']) =>
  readProjectFiles({
    source,
    project: Project.parse({
      name: 'movielens',
      owner: 'group:default/data',
      entity: 'component:default/movielens',
      compute: 'emr',
      datasets: [{ name: 'a', source: 'sample:1', tables: ['t'] }],
      environments: [
        {
          name: 'demo',
          account: '123456789012',
          region: 'eu-west-1',
          mwaa: { ...own, ...change },
        },
      ],
      stacks: stacks.map(name => ({ name, template: `${name}.json` })),
      release: { files: [], archives: [] },
    }),
  });

/** The schema of project.yaml has refused what is no name at all, such as '', '*' and 'dags/..'. */
const values = {
  environment: ['nope', 'shared-airflow', 'victim-demo'],
  bucket: [
    'shared-airflow-bucket',
    'victim-demo-mwaa-123456789012-eu-west-1',
    'movielens-demo-mwaa-123456789012-us-east-1',
  ],
  dagPath: ['anything', 'dags/victim-demo'],
  executionRole: ['admin', 'execution', 'victim-demo-mwaa-execution'],
} satisfies Partial<Record<keyof typeof own, string[]>>;

it('takes the names of its own stack', async () => {
  await expect(read({})).rejects.toThrow(/The project has no file/);
});

it.each(
  Object.entries(values).flatMap(([key, each]) =>
    each.map(value => [key, value]),
  ),
)(
  'lets no project that makes its MWAA environment name the %s %j',
  async (key, value) => {
    await expect(read({ [key]: value })).rejects.toThrow(
      new RegExp(`stack mwaa of the project makes: ${key} is .*Correct mwaa`),
    );
  },
);

it('leaves one that was there before to what AWS says', async () => {
  const all = Object.fromEntries(
    Object.entries(values).map(([key, [first]]) => [key, first]),
  );
  await expect(read(all, ['foundations'])).rejects.toThrow(
    /The project has no file/,
  );
});
