import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findStack } from '@data-lake/cloudformation';
import * as fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { listProjectStacks } from '../spec/listProjectStacks';
import { parseProject } from '../spec/parseProject';
import { stackOrder } from '../spec/stackOrder';
import { listStacksToDelete } from './listStacksToDelete';
import { toTeardownRequest } from './toTeardownRequest';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
}));

const skeleton = parse(
  readFileSync(join(__dirname, '../../../../../skeleton/project.yaml'), 'utf8'),
);
const projectWith = (names: string[]) =>
  parseProject(
    stringify({
      ...skeleton,
      stacks: names.map(name => ({ name, template: `${name}.json` })),
    }),
  );
const listDeleted = (names: string[]) =>
  listStacksToDelete({
    ...toTeardownRequest(projectWith(names)),
    clients: {} as any,
  });

describe('toTeardownRequest', () => {
  it('names the environment, its entity, its DAG folder and the first key', () => {
    expect(toTeardownRequest(projectWith(['foundations']))).toEqual({
      environment: {
        name: 'demo',
        account: '000000000000',
        region: 'us-east-1',
        stacks: [
          {
            account: '000000000000',
            region: 'us-east-1',
            name: 'movielens-demo-foundations',
          },
        ],
      },
      entityRef: 'component:default/movielens',
      dags: {
        bucket: 'local-airflow-000000000000-us-east-1',
        prefix: 'dags/movielens-demo/',
      },
      removable: false,
    });
  });
});

describe('listStacksToDelete', () => {
  it('is the order of the deployment, reversed, however project.yaml lists the stacks', async () => {
    const anyStacks = fc
      .shuffledSubarray(['mwaa', 'observability'] as const)
      .chain(names =>
        fc.shuffledSubarray([...names, 'foundations'], {
          minLength: names.length + 1,
        }),
      );
    await fc.assert(
      fc.asyncProperty(anyStacks, async names => {
        const deployed = listProjectStacks(projectWith(names)).map(
          ({ stackName }) => stackName,
        );
        expect(await listDeleted(names)).toEqual(deployed.reverse());
      }),
    );
  });

  it('finds the stacks that project.yaml no longer lists', async () => {
    jest.mocked(findStack).mockImplementation(
      async (_, name) =>
        ({
          name,
          tags: { 'data-lake:entity': 'component:default/movielens' },
        } as any),
    );
    expect(await listDeleted(['foundations'])).toEqual(
      [...stackOrder].reverse().map(name => `movielens-demo-${name}`),
    );
  });
});
