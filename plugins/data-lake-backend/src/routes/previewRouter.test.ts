import {
  DeletionPreview,
  DeploymentPreview,
} from '@data-lake/plugin-data-lake-common';
import { NotAllowedError } from '@backstage/errors';
import {
  authorizeEnvironment,
  authorizeProject,
  previewEnvironmentDeletion,
  observeEnvironment,
  previewProject,
  readProjectFiles,
  readRemovable,
} from '@data-lake/plugin-data-lake-node';
import {
  entityPath,
  movielens,
  observation,
  readProjectText,
  source,
} from '../__testUtils__/movielens';
import {
  startBackend as start,
  stopBackends,
} from '../__testUtils__/startBackend';

jest.mock('@data-lake/plugin-data-lake-node', () => ({
  ...jest.requireActual('@data-lake/plugin-data-lake-node'),
  authorizeEnvironment: jest.fn(async () => ({})),
  authorizeProject: jest.fn(async () => ({})),
  previewEnvironmentDeletion: jest.fn(),
  observeEnvironment: jest.fn(),
  previewProject: jest.fn(),
  readProjectFiles: jest.fn(),
  readRemovable: jest.fn(),
}));
const observe = jest.mocked(observeEnvironment);

beforeEach(() => {
  observe.mockReset().mockResolvedValue(observation());
  jest.mocked(authorizeEnvironment).mockClear();
});
afterEach(stopBackends);

describe('POST deployment-preview', () => {
  const path = `${entityPath}/environments/demo/deployment-preview`;
  const upload = {
    prefix: 'dags/x/',
    uploads: ['a.py'],
    deletes: [],
    deletesMany: false,
    unchanged: 3,
  };
  const files = {
    deployment: {
      environment: 'demo',
      account: '111122223333',
      region: 'eu-central-1',
      mwaaBucket: 'airflow-bucket',
      codeBucket: '',
    },
    stacks: [{ name: 'foundations', stackName: 'movielens-demo-foundations' }],
  };
  const resource_ = {
    logicalId: 'Topic',
    type: 'AWS::SNS::Topic',
    does: 'changed',
    properties: [{ path: 'DisplayName', before: 'Films', after: 'Movies' }],
    stateful: false,
  };

  beforeEach(() => {
    jest
      .mocked(readProjectFiles)
      .mockReset()
      .mockResolvedValue(files as any);
    jest
      .mocked(previewProject)
      .mockReset()
      .mockResolvedValue({
        stacks: {
          foundations: {
            does: 'update',
            digest: 'd1',
            resources: [resource_],
            broader: [],
            templateBytes: 31_000,
            terminationProtection: true,
            drift: 'IN_SYNC',
          },
        },
        release: { ...upload, prefix: 'releases/abc/' },
        dags: upload,
      } as any);
  });

  it('reads the main branch of the repository and tells what would change', async () => {
    const { post, reader, auditor, success } = await start();
    const { body } = await post(path).expect(200);
    expect(DeploymentPreview.parse(body)).toEqual({
      environment: 'demo',
      account: '111122223333',
      region: 'eu-central-1',
      commit: 'c0ffee',
      stacks: [
        {
          name: 'foundations',
          stackName: 'movielens-demo-foundations',
          does: 'update',
          digest: 'd1',
          resources: [resource_],
          broader: [],
          templateBytes: 31_000,
          terminationProtection: true,
          drift: 'IN_SYNC',
        },
      ],
      uploads: [
        {
          destination: 'releases/abc/',
          uploaded: ['a.py'],
          deleted: [],
          deletesMany: false,
          unchanged: 3,
        },
        {
          destination: 's3://airflow-bucket/dags/x/',
          uploaded: ['a.py'],
          deleted: [],
          deletesMany: false,
          unchanged: 3,
        },
      ],
    });
    expect(reader.readTree).toHaveBeenCalledWith(source, expect.anything());
    expect(auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'preview-deploy',
        meta: {
          entityRef: 'component:default/movielens',
          environment: 'demo',
          user: 'user:default/mock',
        },
      }),
    );
    expect(success).toHaveBeenCalledWith({
      meta: { account: '111122223333', region: 'eu-central-1' },
    });
  });

  it('asks CloudFormation once for those who ask at the same time, and again later', async () => {
    const { post } = await start();
    await Promise.all([post(path).expect(200), post(path).expect(200)]);
    const together = jest.mocked(previewProject).mock.calls.length;
    await post(path).expect(200);
    const calls = jest.mocked(previewProject).mock.calls;
    expect([together, calls.length]).toEqual([1, 2]);
    // a change set that a restart left behind is found by its name, and removed
    expect(calls[0][0].identity).toBe(calls[1][0].identity);
  });

  it('refuses without the permission, and audits that', async () => {
    const { post, fail } = await start({
      deny: 'data-lake.environment.deploy',
    });
    await post(path).expect(403);
    expect(fail).toHaveBeenCalled();
    expect(previewProject).not.toHaveBeenCalled();
  });

  it('refuses who does not belong to the owner', async () => {
    const theirs = {
      ...movielens,
      relations: [{ type: 'ownedBy', targetRef: 'group:default/finance' }],
    };
    const { post } = await start({ entities: [theirs] });
    const { body } = await post(path).expect(403);
    expect(body.error.message).toMatch(/Only members of group:default.finance/);
    expect(previewProject).not.toHaveBeenCalled();
  });

  it('refuses an account that is not for the owner, be it the annotation or the project that names it', async () => {
    const { post } = await start({ owners: ['group:default/others'] });
    await post(path).expect(403);
    expect(authorizeEnvironment).not.toHaveBeenCalled();
    jest
      .mocked(authorizeProject)
      .mockRejectedValueOnce(new NotAllowedError('not yours'));
    const { post: postAgain } = await start();
    const { body } = await postAgain(path).expect(403);
    expect(body.error.message).toBe('not yours');
    expect(previewProject).not.toHaveBeenCalled();
  });

  it("refuses another entity's project in the repository", async () => {
    const text = await readProjectText();
    const other = text
      .replace(/^entity: .*/m, 'entity: component:default/other')
      .replace(/^name: .*/m, 'name: other');
    const { post } = await start({ project: other });
    const { body } = await post(path).expect(400);
    expect(body.error.message).toMatch(/is not the repository of/);
    const { post: postRenamed } = await start({
      project: text.replace(/^name: .*/m, 'name: other'),
    });
    const { body: renamed } = await postRenamed(path).expect(400);
    expect(renamed.error.message).toMatch(/must be component:default.other/);
  });

  it('is told on the page, to each caller, whether they may', async () => {
    const { readPipeline } = await start({
      deny: 'data-lake.environment.delete',
    });
    const [{ actions }] = (await readPipeline()).environments;
    expect(actions.deploy).toEqual({ allowed: true });
    expect(actions.delete).toEqual({
      allowed: false,
      reason: 'It needs the permission data-lake.environment.delete',
    });
  });
});

describe('POST deletion-preview', () => {
  const path = `${entityPath}/environments/demo/deletion-preview`;
  const told = {
    environment: 'demo',
    account: '111122223333',
    region: 'eu-central-1',
    confirm: 'movielens-demo',
    stacks: [],
    beside: { goes: [], stays: [] },
  };

  beforeEach(() => {
    jest.mocked(previewEnvironmentDeletion).mockReset().mockResolvedValue(told);
  });

  it('tells, confirms nothing, and names the entity whose the stacks must be', async () => {
    const { post } = await start();
    const { body } = await post(path).expect(200);
    expect(DeletionPreview.parse(body)).toEqual(told);
    const [options] = jest.mocked(previewEnvironmentDeletion).mock.calls[0];
    expect(options).not.toHaveProperty('confirm');
    expect(options.entityRef).toBe('component:default/movielens');
    expect(options.environment.stacks).toEqual([
      {
        account: '111122223333',
        region: 'eu-central-1',
        name: 'movielens-demo-foundations',
      },
    ]);
  });

  it('tells of the data too where that is asked, by what the repository says', async () => {
    jest.mocked(readRemovable).mockResolvedValue(true);
    const { post } = await start();
    await post(path).send({ removeData: true }).expect(200);
    expect(previewEnvironmentDeletion).toHaveBeenCalledWith(
      expect.objectContaining({ removable: true, removeData: true }),
    );
    await post(path).send({ removeData: 'yes' }).expect(400);
  });

  it('refuses without the permission, and an environment that is not there', async () => {
    const denied = await start({ deny: 'data-lake.environment.delete' });
    await denied.post(path).expect(403);
    const { post } = await start();
    await post(`${entityPath}/environments/prod/deletion-preview`).expect(404);
    expect(previewEnvironmentDeletion).not.toHaveBeenCalled();
  });
});
