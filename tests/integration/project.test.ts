import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  AwsClientFactory,
  deleteStack,
  deployProject,
  findStack,
  listReleases,
  parseProject,
  previewProject,
  readProjectFiles,
  rollbackProject,
} from '@data-lake/plugin-data-lake-node';

/** A project's environment as a whole, on the local AWS. */
const endpoint = process.env.AWS_ENDPOINT_URL;
if (!endpoint) {
  throw new Error('AWS_ENDPOINT_URL is not set: run ./dev test integration');
}
const account = '000000000000';
const clients = new AwsClientFactory({
  endpoints: { default: endpoint },
  credentials: {
    getCredentialProvider: async () => ({
      sdkCredentialProvider: async () => ({
        accessKeyId: account,
        secretAccessKey: 'local',
      }),
    }),
  },
}).forTarget({ account, region: 'us-east-1' });

const name = `pt${Date.now().toString(36)}`;
const log = jest.fn();
let source: string;

const skeleton = join(__dirname, '../../skeleton');
const parts = ['project.yaml', 'dags', 'jobs', 'lambdas', 'statemachine'];

beforeAll(async () => {
  source = await mkdtemp(join(tmpdir(), 'project-'));
  for (const part of [...parts, 'infra/templates']) {
    await cp(join(skeleton, part), join(source, part), { recursive: true });
  }
  const text = await readFile(join(source, 'project.yaml'), 'utf8');
  await writeFile(
    join(source, 'project.yaml'),
    text
      .replace('name: movielens', `name: ${name}`)
      .replace('component:default/movielens', `component:default/${name}`),
  );
});

const read = async () => {
  const text = await readFile(join(source, 'project.yaml'), 'utf8');
  const project = parseProject(text);
  return { project, files: await readProjectFiles({ project, source }) };
};

const options = async (identity: string) => {
  const { files } = await read();
  return { clients, files, identity, log };
};

const dagsOf = async (path: string) => {
  const { files } = await read();
  const { Body } = await clients.s3.send(
    new GetObjectCommand({
      Bucket: files.deployment.mwaaBucket,
      Key: files.dags.prefix + path,
    }),
  );
  return Body!.transformToString();
};

const edit = async (path: string, text: string) =>
  writeFile(join(source, path), text);

describe('a project', () => {
  let first: string;

  it('is previewed whole before there is anything, and nothing is left behind', async () => {
    const told = await previewProject(await options('preview'));
    expect(told.stacks.foundations.does).toBe('create');
    const added = told.stacks.foundations.resources.map(r => r.logicalId);
    expect(added).toEqual(
      expect.arrayContaining(['CodeBucket', 'StartGlueJobFunction']),
    );
    expect(told.release.uploads).toContain('lambdas/start_glue_job.zip');
    expect(told.dags.uploads).toContain('movielens.py');
    expect(await findStack(clients, `${name}-demo-foundations`)).toBe(
      undefined,
    );
  });

  it('is deployed: stack, release, switch, DAGs', async () => {
    const done = await deployProject(await options('first'));
    first = done.release.prefix;
    expect(done.stacks.foundations.status).toBe('UPDATE_COMPLETE');
    expect(done.stacks.foundations.outputs.StateMachineArn).toContain(name);
    expect(await dagsOf('project.yaml')).toContain(`name: ${name}`);
  });

  it('does nothing the second time, and previews nothing', async () => {
    const told = await previewProject(await options('again'));
    expect(told).toMatchObject({
      stacks: { foundations: { does: 'nothing' } },
      release: { uploads: [], deletes: [] },
      dags: { uploads: [], deletes: [] },
    });
    const done = await deployProject(await options('again'));
    expect(done).toMatchObject({
      stacks: { foundations: { changed: false } },
      release: { uploaded: 0, prefix: first },
      dags: { uploaded: 0 },
    });
  });

  it('executes exactly what was previewed', async () => {
    await edit('lambdas/start_glue_job/more.py', 'MORE = 1\n');
    const told = await previewProject(await options('second'));
    expect(told.release.uploads).toHaveLength(
      told.release.uploads.length + told.release.unchanged,
    );
    const { digest } = told.stacks.foundations;
    await edit('lambdas/start_glue_job/more.py', 'MORE = 2\n');
    await expect(
      deployProject({
        ...(await options('second')),
        previewDigests: { foundations: digest },
      }),
    ).rejects.toThrow(/Preview again/);
    await edit('lambdas/start_glue_job/more.py', 'MORE = 1\n');
    const done = await deployProject({
      ...(await options('second')),
      previewDigests: { foundations: digest },
    });
    expect(done.release.prefix).not.toBe(first);
  });

  it('goes back to the former release, and forth again', async () => {
    const { project } = await read();
    const second = (await read()).files.release.prefix;
    const roll = (identity: string, release?: string) =>
      rollbackProject({ clients, project, identity, log, release });
    expect(await roll('back')).toMatchObject({
      release: first,
      former: second,
      status: 'UPDATE_COMPLETE',
    });
    expect(await roll('forth')).toMatchObject({ release: second });
    const about = { clients, project: name, environment: 'demo' };
    const prefixes = (await listReleases(about)).map(({ prefix }) => prefix);
    expect(prefixes).toEqual([first, second, first, second]);
  });

  it('does not go back to a release that is not whole, or not there', async () => {
    const { project } = await read();
    const stack = await findStack(clients, `${name}-demo-foundations`);
    await clients.s3.send(
      new PutObjectCommand({
        Bucket: stack!.outputs.CodeBucketName,
        Key: `${first}lambdas/start_glue_job.zip`,
        Body: 'overwritten',
      }),
    );
    const roll = (release?: string) =>
      rollbackProject({ clients, project, identity: 'no', log, release });
    await expect(roll()).rejects.toThrow(/start_glue_job\.zip is missing or/);
    await expect(roll('releases/0123456789ab/')).rejects.toThrow(
      /There is no release at/,
    );
    await expect(roll('../x')).rejects.toThrow(/is not a release/);
  });

  afterAll(() => {
    const stackName = `${name}-demo-foundations`;
    const entity = `component:default/${name}`;
    return deleteStack({ clients, stackName, entity, confirm: stackName, log });
  });
});
