/** The calls to stacks and uploads; tests/integration/project.test.ts previews for real. */
import { NotFoundError } from '@backstage/errors';
import { findStack, previewStack } from '@data-lake/cloudformation';
import { previewUpload } from '@data-lake/s3-sync';
import { previewProject } from './previewProject';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
  previewStack: jest.fn(async ({ spec }) => spec),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  previewUpload: jest.fn(),
}));

const log = jest.fn();
const preview = (...names: string[]) =>
  previewProject({
    clients: {
      target: { account: '123456789012', region: 'eu-west-1' },
    } as any,
    authorizeStack: async () => {},
    authorizeBucket: async () => {},
    files: {
      deployment: { entity: 'component:default/lake', mwaaBucket: 'airflow' },
      stacks: names.map(name => ({
        name,
        parameters: { Project: 'lake' },
        template: { content: { Resources: {} }, rules: {} },
      })),
      release: { prefix: 'releases/0123/', files: [{ path: 'jobs/a.py' }] },
      dags: { prefix: 'dags/lake-demo/', files: [{ path: 'dag.py' }] },
    } as any,
    identity: 'preview',
    log,
  });
const noBucket = () => new NotFoundError('no such bucket');

beforeEach(() => {
  log.mockReset();
  jest.mocked(findStack).mockReset();
  jest
    .mocked(previewUpload)
    .mockReset()
    .mockResolvedValue({ uploads: ['changed'] } as any);
});

describe('previewProject', () => {
  it('previews the stacks as they will be with the release', async () => {
    const { stacks } = await preview('foundations', 'observability');
    expect(stacks.foundations).toMatchObject({
      parameters: { Project: 'lake', ReleasePrefix: 'releases/0123/' },
    });
    expect((stacks.observability as any).parameters).toEqual({
      Project: 'lake',
    });
    expect(previewStack).toHaveBeenCalledTimes(2);
  });

  it('tells all files while the stacks have not made their buckets', async () => {
    jest.mocked(previewUpload).mockRejectedValue(noBucket());
    expect(await preview('mwaa', 'foundations')).toMatchObject({
      release: { uploads: ['jobs/a.py'], deletesMany: false },
      dags: { uploads: ['dag.py'], deletesMany: false },
    });
    expect(log.mock.calls.flat()).toEqual([
      'The foundations stack will make the code bucket; files to upload: 1',
      'The MWAA stack will make bucket airflow; files to upload: 1',
    ]);
  });

  it('refuses what the deployment refuses: a bucket of DAGs that no stack makes', async () => {
    jest.mocked(previewUpload).mockRejectedValue(noBucket());
    await expect(preview('foundations')).rejects.toThrow('no such bucket');
  });

  it('compares the release with the code bucket of its own stack alone', async () => {
    const stackOf = (entity: string) =>
      jest.mocked(findStack).mockResolvedValue({
        tags: { 'data-lake:entity': entity },
        outputs: { CodeBucketName: 'payroll' },
      } as any);
    stackOf('Component:default/Lake');
    expect((await preview('foundations')).release.uploads).toEqual(['changed']);
    stackOf('component:default/other');
    expect((await preview('foundations')).release.uploads).toEqual([
      'jobs/a.py',
    ]);
  });
});
