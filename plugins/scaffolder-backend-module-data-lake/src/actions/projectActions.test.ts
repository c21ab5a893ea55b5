import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { getMwaaEnvironment, readMwaaEnvironment } from '@data-lake/aws';
import { NotFoundError } from '@backstage/errors';
import { findStack } from '@data-lake/cloudformation';
import * as node from '@data-lake/plugin-data-lake-node';
import { readBucketTags } from '@data-lake/s3-sync';
import fs from 'fs-extra';
import { createAddEnvironmentAction } from './addEnvironment';
import { createDeleteEnvironmentAction } from './deleteEnvironment';
import { createDeployProjectAction } from './deployProject';
import { createFetchProjectAction } from './fetchProject';
import {
  auditor,
  makeContext,
  makeServices,
  movielens,
} from '../__testUtils__';

jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  getMwaaEnvironment: jest.fn(async () => mwaa),
  readMwaaEnvironment: jest.fn(),
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
  deployProject: jest.fn(),
  deleteEnvironment: jest.fn(),
  previewEnvironmentDeletion: jest.fn(),
  readRemovable: jest.fn(),
  readProjectFiles: jest.fn(),
  findRoleQuota: jest.fn(),
  findTakenStack: jest.fn(),
  listBucketProblems: jest.fn(async () => []),
  listKeptProblems: jest.fn(async () => []),
}));

const mwaa = { bucket: 'airflow', dagPath: 'dags', executionRole: 'execution' };
const skeleton = `${__dirname}/../../../../skeleton`;
const read = (file: string) => fs.readFileSync(`${skeleton}/${file}`, 'utf8');
const inAccount = (text: string) =>
  text
    .replace(/account: .*/, 'account: "123456789012"')
    .replace(/region: .*/, 'region: eu-central-1');
const workspace = createMockDirectory();
const entityRef = 'component:default/movielens';
const theirs = {
  ...movielens,
  relations: [{ type: 'ownedBy', targetRef: 'group:default/finance' }],
};

beforeEach(() => {
  jest.clearAllMocks();
  workspace.setContent({
    'project/project.yaml': inAccount(read('project.yaml')),
    'project/catalog-info.yaml': read('catalog-info.yaml'),
  });
});

const context = (input: object) =>
  makeContext({
    input: { entityRef, ...input } as any,
    workspacePath: workspace.path,
  });

describe('data-lake:project:fetch', () => {
  const reader = mockServices.urlReader.mock();
  reader.readTree.mockImplementation(async () => ({
    etag: 'c0ffee',
    files: jest.fn(),
    archive: jest.fn(),
    async dir(to) {
      await fs.outputFile(
        `${to!.targetDir}/project.yaml`,
        read('project.yaml'),
      );
      return to!.targetDir!;
    },
  }));
  const fetchWith = (services = makeServices()): any =>
    createFetchProjectAction({ ...services, reader });

  it("reads the entity's source into the workspace, afresh", async () => {
    const ctx = context({});
    await fetchWith().handler(ctx);
    expect(reader.readTree).toHaveBeenCalledWith(
      'https://github.com/acme/movielens/',
      expect.anything(),
    );
    expect(Object.keys(workspace.content() as any)).toEqual(['project']);
    expect(workspace.content()).toEqual({
      project: { 'project.yaml': read('project.yaml') },
    });
    expect(ctx.output).toHaveBeenCalledWith('commit', 'c0ffee');
    expect(ctx.output).toHaveBeenCalledWith('name', 'movielens');
  });

  it('refuses another commit than the one that was previewed', async () => {
    await expect(
      fetchWith().handler(context({ commit: 'older' })),
    ).rejects.toThrow(/is at c0ffee, no longer at older. Preview again/);
  });

  it('refuses without the permission', async () => {
    const denied = makeServices({ deny: 'data-lake.environment.deploy' });
    await expect(fetchWith(denied).handler(context({}))).rejects.toThrow(
      /needs the permission data-lake.environment.deploy/,
    );
    expect(reader.readTree).not.toHaveBeenCalled();
  });
});

describe('data-lake:project:deploy', () => {
  const deployWith = (services = makeServices()): any =>
    createDeployProjectAction(services);
  const files = {
    deployment: {
      account: '123456789012',
      region: 'eu-central-1',
      mwaaEnvironment: 'lake',
      mwaaBucket: 'airflow',
      codeBucket: '',
      dagId: 'movielens-demo',
      entity: entityRef,
      stackName: 'movielens-demo-foundations',
      dagPrefix: 'dags/movielens-demo/',
      parameters: { MwaaExecutionRoleName: 'execution' },
    },
    stacks: [{ name: 'foundations', stackName: 'movielens-demo-foundations' }],
  };
  beforeEach(() => {
    jest
      .mocked(node.readProjectFiles)
      .mockImplementation(async ({ project, environment }) => {
        const { account } = node.toProjectDeploymentSpec(project, environment);
        return {
          ...files,
          deployment: { ...files.deployment, account },
        } as any;
      });
    jest.mocked(node.deployProject).mockResolvedValue({
      stacks: {
        foundations: {
          status: 'UPDATE_COMPLETE',
          consoleUrl: 'c',
          outputs: { DatabaseName: 'movielens_demo' },
        },
      },
      release: { prefix: 'releases/abc/', uploaded: 2 },
      dags: { uploaded: 1, deleted: 3 },
    } as any);
  });

  it('passes on what was previewed and allowed, and audits it', async () => {
    const ctx = context({
      environment: 'demo',
      previewDigests: { foundations: 'd1' },
      allowBroaderPermissions: true,
    });
    await deployWith().handler(ctx);
    expect(node.deployProject).toHaveBeenCalledWith(
      expect.objectContaining({
        files,
        previewDigests: { foundations: 'd1' },
        allow: expect.objectContaining({ allowBroaderPermissions: true }),
      }),
    );
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'project-deploy',
        meta: expect.objectContaining({
          entityRef,
          allowBroaderPermissions: true,
          allowReplacement: false,
        }),
      }),
    );
    expect(Object.fromEntries(ctx.output.mock.calls)).toEqual({
      stacks: [
        {
          stackName: 'movielens-demo-foundations',
          status: 'UPDATE_COMPLETE',
          consoleUrl: 'c',
        },
      ],
      outputs: { DatabaseName: 'movielens_demo' },
      consoleUrl: 'c',
      release: 'releases/abc/',
      uploaded: 3,
      deleted: 3,
    });
  });

  it('continues in a retry, whose workspace is empty: it fetches the same commit again', async () => {
    workspace.clear();
    const reader = mockServices.urlReader.mock();
    reader.readTree.mockImplementation(async () => ({
      etag: 'c0ffee',
      files: jest.fn(),
      archive: jest.fn(),
      async dir(to) {
        await fs.outputFile(
          `${to!.targetDir}/project.yaml`,
          inAccount(read('project.yaml')),
        );
        return to!.targetDir!;
      },
    }));
    const retry = (commit: string) =>
      deployWith({ ...makeServices(), reader }).handler(
        context({ environment: 'demo', commit }),
      );
    await retry('c0ffee');
    expect(node.deployProject).toHaveBeenCalledTimes(1);
    workspace.clear();
    await expect(retry('older')).rejects.toThrow(/no longer at older/);
    const denied = makeServices({ deny: 'data-lake.environment.deploy' });
    workspace.clear();
    await expect(
      deployWith({ ...denied, reader }).handler(
        context({ environment: 'demo' }),
      ),
    ).rejects.toThrow(/perm/);
    expect(node.deployProject).toHaveBeenCalledTimes(1);
  });

  it("puts no DAG into another team's Airflow", async () => {
    jest
      .mocked(readBucketTags)
      .mockResolvedValueOnce({ 'data-lake:owner': 'group:default/finance' });
    await expect(
      deployWith().handler(context({ environment: 'demo' })),
    ).rejects.toThrow(/write to bucket airflow.*finance.*sharedBuckets/);
    expect(node.deployProject).not.toHaveBeenCalled();
  });

  it('audits the change set of each stack, and a caller who is refused', async () => {
    const event = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValue(event);
    jest.mocked(node.deployProject).mockImplementation(async options => {
      options.onChangeSet!('c1', 'a');
      options.onChangeSet!('c2', 'b');
      throw new Error('later');
    });
    await expect(
      deployWith().handler(context({ environment: 'demo' })),
    ).rejects.toThrow('later');
    expect(event.fail).toHaveBeenCalledWith(
      expect.objectContaining({
        meta: expect.objectContaining({
          account: '123456789012',
          stacks: ['movielens-demo-foundations'],
          changeSets: { a: 'c1', b: 'c2' },
        }),
      }),
    );
    event.fail.mockClear();
    const denied = makeServices({ deny: 'data-lake.environment.deploy' });
    await expect(
      deployWith(denied).handler(context({ environment: 'demo' })),
    ).rejects.toThrow(/perm/);
    expect(event.fail).toHaveBeenCalledTimes(1);
  });

  it('deploys a project that the catalog does not have yet, as the owner that it names', async () => {
    const services = makeServices({ entities: [] });
    await deployWith(services).handler(context({ environment: 'demo' }));
    expect(node.deployProject).toHaveBeenCalledTimes(1);
  });

  it("refuses a new project of another team's", async () => {
    workspace.setContent({
      'project/project.yaml': inAccount(read('project.yaml')).replace(
        /^owner: .*/m,
        'owner: group:default/finance',
      ),
    });
    const services = makeServices({ entities: [] });
    await expect(
      deployWith(services).handler(context({ environment: 'demo' })),
    ).rejects.toThrow(/do not belong to group:default\/finance/);
    expect(node.deployProject).not.toHaveBeenCalled();
  });

  it.each([
    ['new', { entities: [] }],
    ['registered', {}],
  ])(
    "changes no stack of another team's for a %s project",
    async (_, known) => {
      const tags = { 'data-lake:owner': 'group:default/finance' };
      jest.mocked(findStack).mockResolvedValueOnce({ tags } as any);
      await expect(
        deployWith(makeServices(known)).handler(
          context({ environment: 'demo' }),
        ),
      ).rejects.toThrow(/do not belong to group:default\/finance.*out of date/);
      expect(node.deployProject).not.toHaveBeenCalled();
    },
  );

  it('lets the engine check the tags of a stack that appears later', async () => {
    await deployWith().handler(context({ environment: 'demo' }));
    const [options] = jest.mocked(node.deployProject).mock.lastCall!;
    await expect(
      options.authorizeStack({ 'data-lake:owner': 'group:default/finance' }),
    ).rejects.toThrow(/do not belong to group:default\/finance/);
  });

  it("lets nothing be uploaded to a bucket of another team's that a stack names", async () => {
    await deployWith().handler(context({ environment: 'demo' }));
    const [options] = jest.mocked(node.deployProject).mock.lastCall!;
    jest
      .mocked(readBucketTags)
      .mockResolvedValueOnce({ 'data-lake:owner': 'group:default/finance' })
      .mockRejectedValueOnce(new NotFoundError('no bucket'));
    await expect(options.authorizeBucket('payroll')).rejects.toThrow(
      /write to bucket payroll.*finance/,
    );
    await expect(options.authorizeBucket('gone')).rejects.toThrow('no bucket');
    await expect(options.authorizeBucket('shared-mwaa')).resolves.toBe(
      undefined,
    );
  });

  it('deploys to an Airflow whose bucket its own stack is still to create', async () => {
    jest
      .mocked(readBucketTags)
      .mockRejectedValueOnce(new NotFoundError('no bucket'));
    await deployWith().handler(context({ environment: 'demo' }));
    expect(node.deployProject).toHaveBeenCalledTimes(1);
  });

  it.each(['codeBucket', 'dataBucket', 'mwaaBucket'])(
    "refuses another team's bucket as %s",
    async key => {
      jest.mocked(node.readProjectFiles).mockResolvedValue({
        ...files,
        deployment: { ...files.deployment, mwaaBucket: '', [key]: 'payroll' },
      } as any);
      jest
        .mocked(readBucketTags)
        .mockResolvedValueOnce({ 'data-lake:owner': 'group:default/finance' });
      await expect(
        deployWith().handler(context({ environment: 'demo' })),
      ).rejects.toThrow(/write to bucket payroll.*finance/);
      expect(node.deployProject).not.toHaveBeenCalled();
    },
  );

  it('refuses a project.yaml that names another owner than the catalog: it becomes the tag of all', async () => {
    workspace.setContent({
      'project/project.yaml': inAccount(read('project.yaml')).replace(
        /^owner: .*/m,
        'owner: group:default/finance',
      ),
    });
    await expect(
      deployWith().handler(context({ environment: 'demo' })),
    ).rejects.toThrow(
      /names the owner group:default\/finance, and the catalog group:default\/data-engineering/,
    );
    expect(node.deployProject).not.toHaveBeenCalled();
  });

  it('refuses an MWAA environment that project.yaml describes wrongly', async () => {
    jest
      .mocked(getMwaaEnvironment)
      .mockResolvedValueOnce({ ...mwaa, executionRole: 'admin' } as any);
    await expect(
      deployWith().handler(context({ environment: 'demo' })),
    ).rejects.toThrow(/executionRole is admin, not execution/);
    expect(node.deployProject).not.toHaveBeenCalled();
  });

  it.each([
    [
      'without the permission',
      { deny: 'data-lake.environment.deploy' },
      /perm/,
    ],
    ["another team's entity", { entities: [theirs] }, /group:default\/finance/],
    ['an entity that the caller cannot see', { hidden: true }, /No entity/],
  ])('refuses %s', async (_, options, message) => {
    const action = deployWith(makeServices(options));
    await expect(
      action.handler(context({ environment: 'demo' })),
    ).rejects.toThrow(message);
    expect(node.deployProject).not.toHaveBeenCalled();
  });

  it("refuses another entity's project in the workspace", async () => {
    workspace.setContent({
      'project/project.yaml': inAccount(read('project.yaml'))
        .replace(/^entity: .*/m, 'entity: component:default/payroll')
        .replace(/^name: .*/m, 'name: payroll'),
    });
    await expect(
      deployWith().handler(context({ environment: 'demo' })),
    ).rejects.toThrow(/belongs to component:default\/payroll/);
  });

  it("refuses a project of this entity that has another's name", async () => {
    workspace.setContent({
      'project/project.yaml': inAccount(read('project.yaml')).replace(
        /^name: .*/m,
        'name: payroll',
      ),
    });
    await expect(
      deployWith().handler(context({ environment: 'demo' })),
    ).rejects.toThrow(/entity: must be component:default\/payroll/);
    expect(node.deployProject).not.toHaveBeenCalled();
  });

  it('refuses the first deployment of an environment whose names begin as those of others, and no later one', async () => {
    const other = {
      ...movielens,
      metadata: {
        name: 'movielens-demo',
        namespace: 'default',
        annotations: {
          'data-lake/environment-xx':
            'arn:aws:cloudformation:eu-central-1:123456789012:stack/movielens-demo-xx-foundations',
        },
      },
    };
    const services = makeServices({ entities: [movielens, other] });
    const deploy = () =>
      deployWith(services).handler(context({ environment: 'demo' }));
    await expect(deploy()).rejects.toThrow(
      /Nothing was changed. Names of movielens-demo begin as those of movielens-demo-xx/,
    );
    expect(node.deployProject).not.toHaveBeenCalled();
    jest.mocked(findStack).mockResolvedValue({ tags: {} } as any);
    await deploy();
    expect(node.deployProject).toHaveBeenCalledTimes(1);
    jest.mocked(findStack).mockReset();
  });

  it("refuses an account that is not the owner's", async () => {
    workspace.setContent({
      'project/project.yaml': inAccount(read('project.yaml')).replace(
        '123456789012',
        '111111111111',
      ),
    });
    await expect(
      deployWith().handler(context({ environment: 'demo' })),
    ).rejects.toThrow(/Account 111111111111 is not allowed/);
    expect(node.deployProject).not.toHaveBeenCalled();
  });
});

describe('data-lake:environment:delete', () => {
  const deleteWith = (services = makeServices()): any =>
    createDeleteEnvironmentAction(services);
  const input = { environment: 'demo', confirm: 'movielens-demo' };

  it('passes on whose the stacks must be and what was confirmed, and audits it', async () => {
    jest.mocked(node.deleteEnvironment).mockResolvedValue({
      stacks: [
        {
          name: 'movielens-demo-foundations',
          status: 'DELETE_COMPLETE',
          goes: [
            {
              logicalId: 'Key',
              physicalId: 'id',
              type: 'AWS::KMS::Key',
              meaning: 'waits for its deletion',
            },
            { logicalId: 'Topic', physicalId: 'topic', type: 'x' },
          ],
          stays: [
            {
              logicalId: 'Data',
              physicalId: 'bucket',
              type: 'x',
              meaning: 'data',
            },
          ],
          fullBuckets: [],
        },
      ],
      beside: {
        goes: [],
        stays: [{ type: 'y', name: 'logs', meaning: 'of Glue' }],
      },
    } as any);
    const ctx = context(input);
    await deleteWith().handler(ctx);
    expect(node.deleteEnvironment).toHaveBeenCalledWith(
      expect.objectContaining({ entityRef, confirm: 'movielens-demo' }),
    );
    expect(ctx.output).toHaveBeenCalledWith('stays', [
      { type: 'x', name: 'bucket', meaning: 'data' },
      { type: 'AWS::KMS::Key', name: 'id', meaning: 'waits for its deletion' },
      { type: 'y', name: 'logs', meaning: 'of Glue' },
    ]);
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'environment-delete',
        meta: expect.objectContaining({ confirmed: true, emptyBuckets: false }),
      }),
    );
  });

  it('only lists what would be deleted without a confirmation', async () => {
    jest.mocked(node.previewEnvironmentDeletion).mockResolvedValue({
      stacks: [],
      beside: { goes: [], stays: [] },
    } as any);
    await deleteWith().handler(context({ environment: 'demo' }));
    expect(node.previewEnvironmentDeletion).toHaveBeenCalledWith(
      expect.objectContaining({ entityRef }),
    );
    expect(node.deleteEnvironment).not.toHaveBeenCalled();
  });

  it('asks the repository for the first key to the data', async () => {
    jest.mocked(node.readRemovable).mockResolvedValue(true);
    jest.mocked(node.deleteEnvironment).mockImplementation(async options => {
      options.onChangeSet!('c1', 'movielens-demo-foundations');
      return { stacks: [], beside: { goes: [], stays: [] } } as any;
    });
    const event = { success: jest.fn(), fail: jest.fn() };
    auditor.createEvent.mockResolvedValueOnce(event);
    await deleteWith().handler(context({ ...input, removeData: true }));
    expect(node.readRemovable).toHaveBeenCalledWith(
      expect.objectContaining({ environment: 'demo' }),
    );
    expect(node.deleteEnvironment).toHaveBeenCalledWith(
      expect.objectContaining({ removable: true, removeData: true }),
    );
    // data is deleted by an update of the stack, which the audit names
    expect(event.success).toHaveBeenCalledWith({
      meta: expect.objectContaining({
        changeSets: { 'movielens-demo-foundations': 'c1' },
      }),
    });
  });

  it.each([
    [
      'without the permission',
      { deny: 'data-lake.environment.delete' },
      /perm/,
    ],
    ["another team's entity", { entities: [theirs] }, /group:default\/finance/],
  ])('refuses %s', async (_, options, message) => {
    const action = deleteWith(makeServices(options));
    await expect(action.handler(context(input))).rejects.toThrow(message);
    expect(node.deleteEnvironment).not.toHaveBeenCalled();
  });

  it("deletes nothing of another team's, though the entity is registered as ours", async () => {
    const tags = {
      'data-lake:entity': entityRef,
      'data-lake:owner': 'group:default/finance',
    };
    jest.mocked(findStack).mockResolvedValueOnce({ tags } as any);
    await expect(deleteWith().handler(context(input))).rejects.toThrow(
      /do not belong to group:default\/finance.*out of date/,
    );
    expect(node.deleteEnvironment).not.toHaveBeenCalled();
    await deleteWith().handler(context(input));
    const [options] = jest.mocked(node.deleteEnvironment).mock.lastCall!;
    await expect(options.authorizeStack(tags)).rejects.toThrow(/finance/);
    jest.mocked(readBucketTags).mockResolvedValueOnce(tags);
    await expect(options.authorizeBucket('payroll')).rejects.toThrow(/finance/);
  });

  it('says where there is no such environment', async () => {
    await expect(
      deleteWith().handler(context({ environment: 'prod' })),
    ).rejects.toThrow(/has no environment prod/);
  });
});

describe('data-lake:project:add-environment', () => {
  const addWith = (services = makeServices()): any =>
    createAddEnvironmentAction(services);
  const input = {
    environment: 'prod',
    account: '123456789012',
    region: 'eu-central-1',
    mwaaEnvironment: 'lake',
  };
  beforeEach(() => {
    jest.mocked(node.findTakenStack).mockResolvedValue(undefined);
    jest.mocked(readMwaaEnvironment).mockResolvedValue({
      bucket: 'lake-bucket',
      dagPath: 'dags',
      executionRole: 'lake-role',
      airflowVersion: '3.0.6',
      subnetIds: ['subnet-0a', 'subnet-0b'],
    } as any);
  });

  it('changes two files, in the project and alone beside it', async () => {
    const ctx = context(input);
    await addWith().handler(ctx);
    const { project, change } = workspace.content() as any;
    expect(change).toEqual(project);
    const { environments } = node.parseProject(change['project.yaml']);
    expect(environments.map(({ name }) => name)).toEqual(['demo', 'prod']);
    expect(environments[1].mwaa).toMatchObject({ bucket: 'lake-bucket' });
    expect(change['catalog-info.yaml']).toContain(
      'data-lake/environment-prod: arn:aws:cloudformation:eu-central-1:123456789012:stack/movielens-prod-foundations',
    );
    expect(ctx.output).toHaveBeenCalledWith(
      'annotation',
      'data-lake/environment-prod',
    );
  });

  it.each([
    [{}, { emr: { subnetId: 'subnet-0a' } }],
    [{ emrSubnet: 'subnet-0c' }, { emr: { subnetId: 'subnet-0c' } }],
  ])('has clusters where Airflow is, or where told: %j', async (more, emr) => {
    await addWith().handler(context({ ...input, ...more }));
    const { change } = workspace.content() as any;
    const { environments } = node.parseProject(change['project.yaml']);
    expect(environments[1]).toMatchObject(emr);
  });

  it('changes nothing where the names would begin as another project’s', async () => {
    const other = {
      ...movielens,
      metadata: {
        name: 'movielens-prod',
        namespace: 'default',
        annotations: {
          'data-lake/environment-xx':
            'arn:aws:cloudformation:eu-central-1:123456789012:stack/movielens-prod-xx-foundations',
        },
      },
    };
    await expect(
      addWith(makeServices({ entities: [movielens, other] })).handler(
        context(input),
      ),
    ).rejects.toThrow(/Nothing was changed. Names of movielens-prod begin as/);
    expect(Object.keys(workspace.content() as any)).toEqual(['project']);
  });

  it('changes nothing where the name is taken', async () => {
    jest.mocked(node.findTakenStack).mockResolvedValue('The name is taken');
    await expect(addWith().handler(context(input))).rejects.toThrow(
      'Nothing was changed. The name is taken',
    );
    expect(Object.keys(workspace.content() as any)).toEqual(['project']);
  });

  it.each(['dataBucket', 'codeBucket', 'mwaaEnvironment'])(
    "refuses another team's bucket by %s",
    async key => {
      jest.mocked(readBucketTags).mockImplementation(async ({ bucket }) => ({
        'data-lake:owner':
          bucket === (key === 'mwaaEnvironment' ? 'lake-bucket' : 'payroll')
            ? 'group:default/finance'
            : 'group:default/data-engineering',
      }));
      await expect(
        addWith().handler(
          context({
            ...input,
            ...(key !== 'mwaaEnvironment' && { [key]: 'payroll' }),
          }),
        ),
      ).rejects.toThrow(/write to bucket .*finance/);
      jest.mocked(readBucketTags).mockImplementation(async () => ({
        'data-lake:owner': 'group:default/data-engineering',
      }));
      expect(Object.keys(workspace.content() as any)).toEqual(['project']);
    },
  );

  it("refuses another team's account", async () => {
    await expect(
      addWith().handler(context({ ...input, account: '111111111111' })),
    ).rejects.toThrow(/Account 111111111111 is not allowed/);
  });
});
