import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import fs from 'fs-extra';
import { createDataLakeActions } from '.';
import { makeContext, makeServices, readInput } from '../__testUtils__';
import { cliPackage } from '../__testUtils__/cliPackage';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  getMwaaEnvironment: jest.fn(async () => mwaa),
  readMwaaEnvironment: jest.fn(async () => ({
    airflowVersion: '3.3.1',
    bucket: 'lake',
    dagPath: 'dags',
    executionRole: 'lake',
  })),
}));
jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  readBucketTags: jest.fn(async () => ({
    'data-lake:owner': 'group:default/data-engineering',
  })),
}));
jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  chooseRollback: jest.fn(async () => ({})),
  deleteEnvironment: jest.fn(async () => ({
    stacks: [],
    beside: { goes: [], stays: [] },
  })),
  deployProject: jest.fn(async () => ({
    stacks: { foundations: {} },
    release: {},
    dags: {},
  })),
  fetchRepository: jest.fn(async () => ({ project: {} })),
  findRoleQuota: jest.fn(),
  findTakenStack: jest.fn(),
  listBucketProblems: jest.fn(async () => []),
  listKeptProblems: jest.fn(async () => []),
  previewEnvironmentDeletion: jest.fn(async () => ({
    stacks: [],
    beside: { goes: [], stays: [] },
  })),
  readProjectFiles: jest.fn(async () => ({
    deployment: {
      account: '123456789012',
      region: 'eu-central-1',
      mwaaEnvironment: 'lake',
      mwaaBucket: 'lake',
      entity: 'component:default/movielens',
      dagId: 'movielens-demo',
      dagPrefix: 'dags/movielens-demo/',
      parameters: { MwaaExecutionRoleName: 'lake' },
    },
    stacks: [],
  })),
  readRemovable: jest.fn(async () => true),
  rollbackProject: jest.fn(async () => ({})),
  verifyProject: jest.fn(async () => []),
}));

const mwaa = { bucket: 'lake', dagPath: 'dags', executionRole: 'lake' };
const skeleton = `${__dirname}/../../../../skeleton`;
const read = (file: string) => fs.readFileSync(`${skeleton}/${file}`, 'utf8');
const project = read('project.yaml')
  .replace(/account: .*/, 'account: "123456789012"')
  .replace(/region: .*/, 'region: eu-central-1');
const workspace = createMockDirectory();

const entity = (environment: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'movielens',
    namespace: 'default',
    annotations: {
      'backstage.io/source-location': 'url:https://github.com/acme/movielens/',
      [`data-lake/environment-${environment}`]: `arn:aws:cloudformation:eu-central-1:123456789012:stack/movielens-${environment}-foundations`,
    },
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/data-engineering' }],
});

const cli = createMockDirectory({ content: cliPackage });
const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));
const createActions = (entities: any[]): any[] =>
  createDataLakeActions(
    {
      ...makeServices({ entities }),
      reader: mockServices.urlReader.mock(),
    },
    { integrations, cliPath: cli.path },
  );

/** Runs an example as a task does, and records the inputs that the action reads. */
async function recordInputs(id: string, example: any): Promise<Set<string>> {
  const given = readInput(example, id) ?? {};
  const isNew = id === 'data-lake:project:check';
  const entities = isNew ? [] : [entity(given.environment ?? 'demo')];
  const names = new Set<string>();
  const input = new Proxy(given, {
    get(target, name: string) {
      names.add(name);
      return target[name];
    },
  });
  const changed = project.replace(
    /- name: .?demo.?$/m,
    `- name: ${id.includes('add-') ? 'demo' : given.environment ?? 'demo'}`,
  );
  workspace.setContent({
    'project.yaml': changed,
    'project/project.yaml': changed,
    'project/catalog-info.yaml': read('catalog-info.yaml'),
  });
  const ctx = makeContext({ input: {}, workspacePath: workspace.path });
  const action = createActions(entities).find(each => each.id === id);
  await action.handler({ ...ctx, input });
  return names;
}

it.each(createActions([]).map(action => [action.id, action]))(
  '%s uses each of its inputs',
  async (id, action) => {
    const used = new Set<string>();
    for (const example of action.examples) {
      for (const name of await recordInputs(id, example)) used.add(name);
    }
    const declared = Object.keys(action.schema.input.properties);
    expect(declared.filter(name => !used.has(name))).toEqual([]);
  },
);
