/**
 * Enumerates the inputs of every action, and the callers: each input has a decision that says why it is safe.
 * A new action or input without one fails here.
 */
import {
  createMockDirectory,
  mockCredentials,
  mockServices,
} from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import * as node from '@data-lake/plugin-data-lake-node';
import fs from 'fs-extra';
import { createDataLakeActions } from '.';
import {
  makeContext,
  makeServices,
  movielens,
  readInput,
  repositoryHost,
} from '../__testUtils__';

const theirs = 'group:default/finance';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  getMwaaEnvironment: jest.fn(async () => mwaa),
  readMwaaEnvironment: jest.fn(async ({ name }) => ({
    ...mwaa,
    bucket: name === 'payroll-airflow' ? 'payroll' : mwaa.bucket,
  })),
}));
jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  readBucketTags: jest.fn(async ({ bucket }) =>
    bucket === 'payroll'
      ? { 'data-lake:owner': theirs }
      : { 'data-lake:owner': 'group:default/data-engineering' },
  ),
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
  fetchRepository: jest.fn(async ({ commit }) => {
    if (commit === 'other') throw new Error('no longer at other');
    return { project: {} };
  }),
  findRoleQuota: jest.fn(),
  findTakenStack: jest.fn(),
  listBucketProblems: jest.fn(async () => []),
  listKeptProblems: jest.fn(async () => []),
  previewEnvironmentDeletion: jest.fn(async () => ({
    stacks: [],
    beside: { goes: [], stays: [] },
  })),
  readProjectFiles: jest.fn(async ({ project, environment }) => ({
    deployment: {
      ...jest
        .requireActual('@data-lake/plugin-data-lake-node')
        .toProjectDeploymentSpec(project, environment),
      parameters: { MwaaExecutionRoleName: 'lake' },
      mwaaBucket: 'lake',
      dagPrefix: 'dags/movielens-demo/',
      dagId: 'movielens-demo',
    },
    stacks: [],
  })),
  readRemovable: jest.fn(async () => true),
  rollbackProject: jest.fn(async () => ({})),
  verifyProject: jest.fn(async () => []),
}));

const mwaa = {
  airflowVersion: '3.3.1',
  bucket: 'lake',
  dagPath: 'dags',
  executionRole: 'lake',
};

/** What changes, or reads, AWS or a repository: nothing of it happens for who is refused. */
const effects = [
  node.deleteEnvironment,
  node.deployProject,
  node.fetchRepository,
  node.previewEnvironmentDeletion,
  node.rollbackProject,
  node.verifyProject,
  repositoryHost.protect,
  repositoryHost.publish,
  repositoryHost.register,
  repositoryHost.requestChange,
].map(effect => jest.mocked(effect as jest.Mock));

type Decision =
  /** Another team's, or a wrong value: the action refuses it before any effect. */
  | { refuses: unknown }
  /** The engine refuses a wrong value: the test that holds it. */
  | { engine: string }
  /** Names nothing that belongs to anyone. */
  | { inert: string };

const path = { refuses: '../payroll' };
const account = { refuses: '111111111111' };
const region = { refuses: 'us-gov-west-1' };
const bucket = { refuses: 'payroll' };
const entityRef = { refuses: 'component:default/payroll' };
const environment = { refuses: 'payroll' };
const allowance = {
  inert: 'opens a gate of the caller’s own stack; a policy may withhold it',
};
const limit = { inert: 'a number' };
/** Of an owner that the configuration does not list. */
const repoUrl = { refuses: 'github.com?owner=payroll&repo=lake' };
const text = { inert: 'a text in the repository' };
const token = { inert: 'the caller’s own, for the host of the repository' };

const decisions: Record<string, Record<string, Decision>> = {
  'data-lake:skeleton:fetch': {
    repoUrl: { inert: 'chooses the files of CI' },
    targetPath: path,
    values: { inert: 'texts in the rendered files; deploying checks them' },
  },
  'data-lake:project:check': {
    name: { refuses: 'Payroll' },
    environment: { refuses: 'production' },
    owner: { refuses: theirs },
    account,
    region,
    dataBucket: bucket,
    codeBucket: bucket,
    description: { refuses: 'a\nb' },
    system: { refuses: 'pay roll' },
    mwaaEnvironment: { refuses: '*' },
    mwaaNetwork: { refuses: 'vpc-1' },
    emrSubnet: { refuses: 'vpc-1' },
    alertEmail: { refuses: 'payroll@.com' },
  },
  'data-lake:repository:publish': {
    repoUrl,
    sourcePath: path,
    description: text,
    message: text,
    token,
  },
  'data-lake:repository:register': {
    repoUrl,
    entityRef: { inert: 'is waited for, as the caller' },
  },
  'data-lake:repository:protect': { repoUrl, token },
  'data-lake:repository:change-request': {
    entityRef,
    sourcePath: path,
    branch: { engine: 'inputs.test.ts: a name without a slash or a colon' },
    title: text,
    description: text,
    annotation: { inert: 'is waited for, as the caller' },
    token,
  },
  'data-lake:project:read': {
    path: { refuses: '../payroll/project.yaml' },
    environment,
  },
  'data-lake:project:fetch': {
    entityRef,
    commit: { engine: 'fetchRepository.test.ts: refuses another commit' },
    targetPath: path,
  },
  'data-lake:project:add-environment': {
    entityRef,
    environment: { refuses: 'Payroll' },
    path,
    changePath: path,
    account,
    region,
    mwaaEnvironment: { refuses: 'payroll-airflow' },
    emrSubnet: { refuses: 'vpc-1' },
    dataBucket: bucket,
    codeBucket: bucket,
    alertEmail: { refuses: 'payroll@.com' },
  },
  'data-lake:project:deploy': {
    entityRef,
    environment,
    path,
    commit: { inert: 'of the entity’s own repository, in a lost workspace' },
    previewDigests: { inert: 'narrows what is executed' },
    allowReplacement: allowance,
    allowBroaderPermissions: allowance,
    onCancel: { inert: 'one of two words' },
    continueRollback: allowance,
    resourcesToSkip: { inert: 'logical ids in the caller’s own stack' },
    maxDeleted: limit,
    timeoutMinutes: limit,
  },
  'data-lake:release:rollback': {
    path: { refuses: '../payroll/project.yaml' },
    environment,
    release: { engine: 'planRollback: assertReleasePrefix' },
    allowBroaderPermissions: allowance,
  },
  'data-lake:environment:delete': {
    entityRef,
    environment,
    confirm: { engine: 'deleteEnvironment.test.ts: refuses another name' },
    emptyBuckets: {
      engine: 'deleteEnvironment.test.ts: a bucket that is not the entity’s',
    },
    removeData: {
      engine: 'deleteEnvironment.test.ts: refuses one key to the data only',
    },
    timeoutMinutes: limit,
  },
  'data-lake:verify': {
    path: { refuses: '../payroll/project.yaml' },
    environment,
    required: { inert: 'decides whether the step fails' },
  },
};

const skeleton = `${__dirname}/../../../../skeleton`;
const read = (file: string) => fs.readFileSync(`${skeleton}/${file}`, 'utf8');
const workspace = createMockDirectory();
const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));
const createActions = (
  options: Parameters<typeof makeServices>[0] = {},
): any[] =>
  createDataLakeActions(
    { ...makeServices(options), reader: mockServices.urlReader.mock() },
    { integrations },
  );
const actions = createActions();

/** Makes an entity of an owner, in the environments that examples name. */
const entity = (name: string, owner: string) => ({
  ...movielens,
  metadata: {
    ...movielens.metadata,
    name,
    annotations: {
      'backstage.io/source-location': `url:https://github.com/acme/${name}/`,
      ...Object.fromEntries(
        ['demo', 'prod'].map(each => [
          `data-lake/environment-${each}`,
          `arn:aws:cloudformation:eu-central-1:123456789012:stack/movielens-${each}-foundations`,
        ]),
      ),
    },
  },
  relations: [{ type: 'ownedBy', targetRef: owner }],
});

async function run(
  id: string,
  options: {
    change?: object;
    owner?: string;
    deny?: string;
    hidden?: boolean;
    credentials?: any;
  } = {},
): Promise<{ refused: boolean; changed: boolean }> {
  effects.forEach(effect => effect.mockClear());
  const { owner = 'group:default/data-engineering' } = options;
  const isNew = id === 'data-lake:project:check';
  const action = createActions({
    ...options,
    entities: isNew
      ? []
      : [entity('movielens', owner), entity('payroll', theirs)],
  }).find(each => each.id === id);
  const input = {
    ...readInput(action.examples[0], id),
    ...(isNew && { owner }),
    ...options.change,
  };
  const isAdded = id.endsWith(':add-environment');
  const project = read('project.yaml')
    .replace(/account: .*/, 'account: "123456789012"')
    .replace(/region: .*/, 'region: eu-central-1')
    .replace(/^owner: .*/m, `owner: ${owner}`)
    .replace(
      /- name: .?demo.?$/m,
      `- name: ${isAdded ? 'demo' : input.environment ?? 'demo'}`,
    );
  const kept = options.change && 'environment' in options.change;
  const files = {
    'project.yaml': kept
      ? project.replace(`- name: ${input.environment}`, '- name: demo')
      : project,
    'catalog-info.yaml': read('catalog-info.yaml'),
  };
  workspace.setContent({ ...files, project: files });
  const ctx = makeContext({ input, workspacePath: workspace.path });
  const { credentials } = options;
  const refused = await action
    .handler({
      ...ctx,
      ...(credentials && { getInitiatorCredentials: async () => credentials }),
    })
    .then(
      () => false,
      () => true,
    );
  const changed = effects.some(effect => effect.mock.calls.length > 0);
  return { refused, changed };
}

it('has a decision for each input of each action, and for nothing else', () => {
  const declared = actions.map(({ id, schema }) => [
    id,
    Object.keys(schema.input.properties).sort(),
  ]);
  const decided = Object.entries(decisions).map(([id, inputs]) => [
    id,
    Object.keys(inputs).sort(),
  ]);
  expect(Object.fromEntries(decided)).toEqual(Object.fromEntries(declared));
});

describe('an input', () => {
  it.each(Object.keys(decisions))(
    'of %s is let through as the example gives it',
    async id => {
      expect(await run(id)).toMatchObject({ refused: false });
    },
  );

  const hostile = Object.entries(decisions).flatMap(([id, inputs]) =>
    Object.entries(inputs).flatMap(([name, decision]) =>
      'refuses' in decision ? [[id, name, decision.refuses] as const] : [],
    ),
  );

  it.each(hostile)(
    '%s refuses %s = %s, and does nothing',
    async (id, name, value) => {
      expect(await run(id, { change: { [name]: value } })).toEqual({
        refused: true,
        changed: false,
      });
    },
  );
});

describe('a caller', () => {
  /** Actions that touch AWS or a repository, with their permission; a new project has none yet. */
  const acts: [id: string, permission: string | undefined][] = [
    ['data-lake:project:check', undefined],
    ['data-lake:project:fetch', 'data-lake.environment.deploy'],
    ['data-lake:project:add-environment', 'data-lake.environment.deploy'],
    ['data-lake:project:deploy', 'data-lake.environment.deploy'],
    ['data-lake:release:rollback', 'data-lake.environment.deploy'],
    ['data-lake:environment:delete', 'data-lake.environment.delete'],
    ['data-lake:verify', 'data-lake.pipeline.read'],
    ['data-lake:repository:change-request', 'data-lake.environment.deploy'],
  ];
  /** Those for a new repository, which the configuration limits to hosts and owners. */
  const fresh = ['publish', 'register', 'protect'].map(
    each => `data-lake:repository:${each}`,
  );
  /** Those that only read and write the workspace. */
  const local = ['data-lake:skeleton:fetch', 'data-lake:project:read'];

  it('is asked for in every action, but those that stay in the workspace', () => {
    const known = [...acts.map(([id]) => id), ...fresh, ...local];
    expect(known.sort()).toEqual(actions.map(({ id }) => id).sort());
  });

  const refused = { refused: true, changed: false };

  describe.each(acts)('of %s', (id, permission) => {
    it('who belongs to the owner may', async () => {
      expect(await run(id)).toMatchObject({ refused: false });
    });

    it('who does not is refused', async () => {
      expect(await run(id, { owner: theirs })).toEqual(refused);
    });

    it('who lacks the permission is refused', async () => {
      if (!permission) return;
      expect(await run(id, { deny: permission })).toEqual(refused);
    });

    it('who cannot see the entity is refused', async () => {
      if (!permission) return;
      expect(await run(id, { hidden: true })).toEqual(refused);
    });

    it.each([
      ['a service', mockCredentials.service()],
      ['nobody', mockCredentials.none()],
    ])('that is %s is refused', async (_, credentials) => {
      expect(await run(id, { credentials })).toEqual(refused);
    });
  });
});
