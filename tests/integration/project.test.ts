import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand } from '@aws-sdk/client-glue';
import {
  AttachRolePolicyCommand,
  DetachRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import {
  GrantPermissionsCommand,
  ListPermissionsCommand,
  RevokePermissionsCommand,
} from '@aws-sdk/client-lakeformation';
import {
  GetObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import {
  DeleteParameterCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { AwsClientFactory } from '@data-lake/aws';
import { deleteStack, findStack } from '@data-lake/cloudformation';
import { toOwnership } from '@data-lake/plugin-data-lake-common';
import {
  deployProject,
  chooseRollback,
  listReleases,
  parseProject,
  previewProject,
  readProjectFiles,
  rollbackProject,
  toOwnerAuthority,
  verifyProject,
} from '@data-lake/plugin-data-lake-node';

/** Tests a project's whole environment on the local AWS. */
const endpoint = process.env.AWS_ENDPOINT_URL;
if (!endpoint) {
  throw new Error('AWS_ENDPOINT_URL is not set: run ./dev test integration');
}
const account = '000000000000';
const clients = new AwsClientFactory({
  endpoints: {
    default: endpoint,
    lakeformation: process.env.AWS_ENDPOINT_URL_LAKEFORMATION!,
  },
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
      .replace('component:default/movielens', `component:default/${name}`)
      .replace('lakeFormation: false', 'lakeFormation: true'),
  );
});

const read = async () => {
  const text = await readFile(join(source, 'project.yaml'), 'utf8');
  const project = parseProject(text);
  return { project, files: await readProjectFiles({ project, source }) };
};

const options = async (identity: string) => {
  const { files } = await read();
  return { clients, files, identity, log, ...authorityOf(files.deployment) };
};

/** The bucket of the local Airflow has no owner. */
const sharedBuckets = ['local-airflow-000000000000-us-east-1'];

const authorityOf = ({ owner }: { owner: string }) =>
  toOwnerAuthority({ clients, owner, sharedBuckets });

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

  it('is previewed as a whole before its first deployment, without leaving anything behind', async () => {
    const told = await previewProject(await options('preview'));
    expect(told.stacks.foundations.does).toBe('create');
    const added = told.stacks.foundations.resources.map(r => r.logicalId);
    expect(added).toEqual(
      expect.arrayContaining(['CodeBucket', 'StartGlueJobFunction']),
    );
    expect(told.release.uploads).toContain('lambdas/start_glue_job.zip');
    expect(told.dags.uploads).toContain('data_lake.py');
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

  it('has nothing to deploy or preview the second time', async () => {
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

  describe('when verified', () => {
    const verify = async () => {
      const { project, files } = await read();
      const checks = await verifyProject({ clients, project, files, log });
      return new Map(checks.map(check => [check.id, check]));
    };
    const outputs = async () =>
      (await findStack(clients, `${name}-demo-foundations`))!.outputs;

    it('passes existing parts, and reports those of the first run as unknown', async () => {
      const checks = await verify();
      const states = [...checks.values()].map(({ id, state }) => [id, state]);
      expect(Object.fromEntries(states)).toEqual({
        stacks: 'passed',
        drift: 'passed',
        'mwaa-policy': 'passed',
        'lake-formation': 'passed',
        parameters: 'passed',
        release: 'passed',
        'dag-files': 'passed',
        // Airflow may not have read the DAG yet
        dag: expect.stringMatching(/passed|unknown/),
        tables: 'unknown',
      });
      expect(checks.get('parameters')!.reason).toMatch(/^\d+ parameters/);
    });

    it('notices a detached policy', async () => {
      const RoleName = 'local-airflow-execution';
      const { AttachedPolicies } = await clients.iam.send(
        new ListAttachedRolePoliciesCommand({ RoleName }),
      );
      const { PolicyArn } = AttachedPolicies!.find(
        ({ PolicyName }) => PolicyName === `${name}-demo-mwaa`,
      )!;
      await clients.iam.send(
        new DetachRolePolicyCommand({ RoleName, PolicyArn }),
      );
      expect((await verify()).get('mwaa-policy')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining(PolicyArn!),
      });
      await clients.iam.send(
        new AttachRolePolicyCommand({ RoleName, PolicyArn }),
      );
    });

    it('notices a revoked grant', async () => {
      const { PrincipalResourcePermissions } = await clients.lakeformation.send(
        new ListPermissionsCommand({}),
      );
      const { Principal, Resource } = PrincipalResourcePermissions!.find(
        given =>
          given.Resource!.Database &&
          given.Principal!.DataLakePrincipalIdentifier!.includes(`${name}-`),
      )!;
      const grant = { Principal, Resource, Permissions: ['DESCRIBE' as const] };
      await clients.lakeformation.send(new RevokePermissionsCommand(grant));
      expect((await verify()).get('lake-formation')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('DESCRIBE'),
      });
      await clients.lakeformation.send(new GrantPermissionsCommand(grant));
    });

    it('notices a deleted parameter, and reports drift', async () => {
      const Name = `/data-lake/${name}/demo/database`;
      await clients.ssm.send(new DeleteParameterCommand({ Name }));
      const checks = await verify();
      expect(checks.get('parameters')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining(Name),
      });
      expect(checks.get('drift')).toMatchObject({
        state: 'failed',
        reason: expect.stringMatching(/DatabaseParameter .*: deleted/),
      });
      const Value = (await outputs()).DatabaseName;
      const parameter = { Name, Value, Type: 'String' as const };
      await clients.ssm.send(new PutParameterCommand(parameter));
      expect((await verify()).get('parameters')!.state).toBe('passed');
    });

    it('notices a resource changed by hand', async () => {
      const versioning = async (Status: 'Enabled' | 'Suspended') =>
        clients.s3.send(
          new PutBucketVersioningCommand({
            Bucket: (await outputs()).DataBucketName,
            VersioningConfiguration: { Status },
          }),
        );
      await versioning('Suspended');
      expect((await verify()).get('drift')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('DataBucket (AWS::S3::Bucket)'),
      });
      await versioning('Enabled');
    });

    it('notices scripts and DAGs that differ from the repository', async () => {
      const { files } = await read();
      const key = `${files.release.prefix}lambdas/start_glue_job.zip`;
      const put = (Bucket: string, Key: string) =>
        clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
      await put((await outputs()).CodeBucketName, key);
      await put(
        files.deployment.mwaaBucket,
        `${files.dags.prefix}mwaalib/emr.py`,
      );
      const checks = await verify();
      expect(checks.get('release')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('start_glue_job.zip'),
      });
      expect(checks.get('dag-files')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining('mwaalib/emr.py'),
      });
      // and deploying again fixes it
      await deployProject(await options('repair'));
      const after = await verify();
      expect(after.get('release')!.state).toBe('passed');
      expect(after.get('dag-files')!.state).toBe('passed');
    });

    it('notices another deployed commit', async () => {
      await edit('lambdas/check_glue_job/more.py', 'MORE = 1\n');
      expect((await verify()).get('release')).toMatchObject({
        state: 'failed',
        reason: expect.stringMatching(/It runs releases\/.*this commit makes/),
      });
      await rm(join(source, 'lambdas/check_glue_job/more.py'));
    });

    it('tells missing tables from tables before the first run', async () => {
      const { project } = await read();
      const { DatabaseName } = await outputs();
      const create = (Name: string) =>
        clients.glue.send(
          new CreateTableCommand({ DatabaseName, TableInput: { Name } }),
        );
      const [one, ...rest] = project.datasets.flatMap(dataset => [
        ...dataset.tables,
        ...dataset.marts,
      ]);
      await create(one);
      expect((await verify()).get('tables')).toMatchObject({
        state: 'failed',
        reason: expect.stringContaining(rest[0]),
      });
      await Promise.all(rest.map(create));
      expect((await verify()).get('tables')!.state).toBe('passed');
    });

    it('reports an environment that is not deployed, and passes no check', async () => {
      const text = await readFile(join(source, 'project.yaml'), 'utf8');
      const project = parseProject(text.replace('name: demo', 'name: nope'));
      const files = await readProjectFiles({ project, source });
      const checks = await verifyProject({ clients, project, files, log });
      const states = checks.map(({ id, state }) => [id, state]);
      expect(Object.fromEntries(states)).toMatchObject({
        stacks: 'failed',
        release: 'failed',
        'dag-files': 'failed',
      });
      expect(states.filter(([, state]) => state === 'passed')).toEqual([]);
    });
  });

  it('rolls back to the previous release, and forward again', async () => {
    const { project } = await read();
    const second = (await read()).files.release.prefix;
    const roll = (identity: string, release?: string) =>
      rollbackProject({
        clients,
        project,
        identity,
        log,
        release,
        ...authorityOf(project),
      });
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

  it('does not undo later changes with a late retry', async () => {
    const { project } = await read();
    const about = { clients, project: name, environment: 'demo' };
    const present = async () => (await listReleases(about)).at(-1)!.prefix;
    const now = await present();
    const chosen = await chooseRollback({ clients, project });
    const roll = (identity: string, more: object = {}) =>
      rollbackProject({
        clients,
        project,
        identity,
        log,
        ...more,
        ...authorityOf(project),
      });
    expect(await roll('once', { chosen })).toMatchObject({
      release: chosen.to,
    });
    // another caller rolls back and forward, so that the newest event is not ours
    await roll('other');
    await expect(roll('once', { chosen })).rejects.toThrow(
      /was switched after this rollback/,
    );
    expect(await present()).toBe(now);
  });

  it('does not roll back to an incomplete or missing release', async () => {
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
      rollbackProject({
        ...{ clients, project, identity: 'no', log, release },
        ...authorityOf(project),
      });
    await expect(roll()).rejects.toThrow(/start_glue_job\.zip is missing or/);
    await expect(roll('releases/0123456789ab/')).rejects.toThrow(
      /There is no release at/,
    );
    await expect(roll('../x')).rejects.toThrow(/is not a release/);
  });

  afterAll(() => {
    const stackName = `${name}-demo-foundations`;
    const ownership = toOwnership(`component:default/${name}`);
    const confirm = stackName;
    return deleteStack({ clients, stackName, ownership, confirm, log });
  });
});
