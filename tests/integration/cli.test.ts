import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  deployStack,
  findStack,
  previewStack,
} from '@data-lake/cloudformation';
import {
  parseProject,
  readProjectFiles,
} from '@data-lake/plugin-data-lake-node';
import { tokenPrefix } from '@data-lake/plugin-data-lake-common';
import { clientsOf, localAwsUrl } from './localAws';
import { makeProject } from './project';

/** Tests the packed CLI, installed outside this repository, on the local AWS. */
jest.setTimeout(180_000);

const exec = promisify(execFile);
const root = join(__dirname, '../..');
const name = `ct${Date.now().toString(36)}`;
const stackName = `${name}-demo-foundations`;

let folder: string;
let project: Awaited<ReturnType<typeof makeProject>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  const tarball = join(folder, 'cli.tgz');
  const yarn = join(root, '.yarn/releases/yarn-4.13.0.cjs');
  const { NODE_OPTIONS, ...env } = process.env;
  await exec(process.execPath, [yarn, 'pack', '--out', tarball], {
    cwd: join(root, 'packages/cli'),
    env,
  });
  await exec('tar', ['-xzf', tarball, '-C', folder]);
  project = await makeProject(values => {
    values.name = name;
    values.entity = `component:default/${name}`;
  });
});

afterAll(async () => {
  await project?.remove();
  await rm(folder, { recursive: true, force: true });
});

const projectPath = () => join(project.source, 'project.yaml');
const readText = () => readFile(projectPath(), 'utf8');
const writeText = (text: string) => writeFile(projectPath(), text);
const readFiles = async () =>
  readProjectFiles({
    project: parseProject(await readText()),
    source: project.source,
  });

/** The bucket of the local Airflow has no owner. */
const localBucket = 'local-airflow-000000000000-us-east-1';
const sharing = ['preview', 'deploy', 'rollback', 'delete'];

/** Runs the CLI outside the repository as on Node.js 20, with the credentials of the standard chain. */
async function run(...args: string[]) {
  const { NODE_OPTIONS, JEST_WORKER_ID, NODE_ENV, ...env } = process.env;
  const bin = join(folder, 'package/dist/data-lake.cjs');
  const cwd = project.source;
  if (sharing.includes(args[0])) args.push('--shared-bucket', localBucket);
  try {
    const done = await exec(
      process.execPath,
      ['--require', join(__dirname, 'node20.cjs'), bin, ...args],
      { cwd, env },
    );
    return { code: 0, ...done };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

const json = async (...args: string[]) => {
  const { stdout, stderr, code } = await run(...args, '--format', 'json');
  if (!stdout)
    throw new Error(`${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
};

const clients = clientsOf(localAwsUrl());

describe('data-lake', () => {
  it('prints its usage, and refuses unknown arguments', async () => {
    expect((await run('--help')).stdout).toContain('Usage: data-lake');
    expect(await run('deploi', 'demo')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("no command 'deploi'"),
    });
    expect(await run('deploy', 'nope', '--format', 'json')).toMatchObject({
      code: 2,
      stdout: expect.stringMatching(/^\{"error":\{.*It has: demo.*\}\n$/),
      stderr: expect.stringContaining('It has: demo'),
    });
    const { version } = JSON.parse(
      await readFile(join(root, 'packages/cli/package.json'), 'utf8'),
    );
    expect((await run('--version')).stdout).toBe(`${version}\n`);
  });

  it('refuses credentials of another account', async () => {
    const text = await readText();
    await writeText(text.replace('"000000000000"', '"111111111111"'));
    expect(await run('deploy', 'demo')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('belong to account 000000000000'),
    });
    await writeText(text);
  });

  it.each(['preview', 'deploy', 'delete'])(
    'refuses to %s with a bucket of DAGs that names no owner',
    async command => {
      sharing.splice(sharing.indexOf(command), 1);
      const refused = await run(command, 'demo');
      sharing.push(command);
      expect(refused).toMatchObject({
        code: 3,
        stderr: expect.stringMatching(
          /local-airflow\S+ has no tag data-lake:owner .*name it with --shared-bucket/,
        ),
      });
      expect(await findStack(clients, stackName)).toBeUndefined();
    },
  );

  it.each(['preview', 'deploy'])(
    'refuses to %s to another role than the MWAA environment has',
    async command => {
      const text = await readText();
      await writeText(text.replace('local-airflow-execution', 'admin'));
      expect(await run(command, 'demo')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(
          'executionRole is local-airflow-execution, not admin',
        ),
      });
      await writeText(text);
      expect(await findStack(clients, stackName)).toBeUndefined();
    },
  );

  it('previews for a pull request like Backstage, and leaves nothing behind', async () => {
    const { code, stdout } = await run(
      'preview',
      'demo',
      '--format',
      'markdown',
    );
    expect(code).toBe(0);
    expect(stdout).toContain(`## \`${name}-demo\``);
    expect(stdout).toContain(
      '- added: `StartGlueJobFunction`, `AWS::Lambda::Function`',
    );
    expect(stdout).toContain('- uploads `lambdas/start_glue_job.zip`');
    expect(await findStack(clients, stackName)).toBeUndefined();

    const told = await json('preview', 'demo');
    const { stacks, release } = await readFiles();
    const same = await previewStack({
      clients,
      log: () => undefined,
      spec: {
        ...stacks[0],
        ownership: [],
        tokenPrefix,
        parameters: { ...stacks[0].parameters, ReleasePrefix: release.prefix },
        identity: 'a task of Backstage',
      },
    });
    expect(told.release.prefix).toBe(release.prefix);
    expect(told.stacks.foundations.digest).toBe(same.digest);
  });

  it('deploys, and Backstage then finds no changes', async () => {
    const { code, stdout, stderr } = await run('deploy', 'demo');
    expect([code, code === 0 ? '' : stderr, stdout]).toEqual([
      0,
      '',
      expect.stringContaining(`${stackName} UPDATE_COMPLETE`),
    ]);
    const { stacks, release } = await readFiles();
    const done = await deployStack({
      clients,
      log: () => undefined,
      spec: {
        ...stacks[0],
        ownership: [],
        tokenPrefix,
        parameters: { ...stacks[0].parameters, ReleasePrefix: release.prefix },
        identity: 'a task of Backstage',
      },
    });
    expect(done.changed).toBe(false);
  });

  it('verifies, and exits with 4 if a check is unknown', async () => {
    const { code, stdout } = await run(
      'verify',
      'demo',
      '--format',
      'markdown',
    );
    expect(code).toBe(4);
    expect(stdout).toMatch(/✅ passed: The stacks exist/);
    expect(stdout).toMatch(/❔ unknown: The tables/);
  });

  it('exits with 3 at a gate, and names the flag that allows it', async () => {
    const path = join(
      project.source,
      'infra/templates/foundations.template.json',
    );
    const text = await readFile(path, 'utf8');
    const template = JSON.parse(text);
    const role: any = Object.values(template.Resources).find(
      ({ Type }: any) => Type === 'AWS::IAM::Role',
    );
    role.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/ReadOnly'];
    await writeFile(path, JSON.stringify(template));
    const told = await json('preview', 'demo');
    expect(told.gates).toEqual([
      expect.stringContaining('set --allow-broader-permissions'),
    ]);
    expect(await run('preview', 'demo', '--fail-on', 'gates')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('ReadOnly'),
      stderr: expect.stringContaining('set --allow-broader-permissions'),
    });
    expect(await run('deploy', 'demo')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('set --allow-broader-permissions'),
    });
    expect(
      await run('deploy', 'demo', '--allow-broader-permissions'),
    ).toMatchObject({ code: 0 });
    await writeFile(path, text);
    expect(await run('deploy', 'demo')).toMatchObject({ code: 0 });
    expect(await run('preview', 'demo', '--fail-on', 'gates')).toMatchObject({
      code: 0,
    });
  });

  it('rolls back to the previous release', async () => {
    const former = (await readFiles()).release.prefix;
    await writeFile(
      join(project.source, 'lambdas/start_glue_job/more.py'),
      'MORE = 1\n',
    );
    const present = await json('deploy', 'demo');
    expect(await json('rollback', 'demo')).toMatchObject({
      release: former,
      former: present.release.prefix,
    });
  });

  it('deletes only with the confirmed name, and data only with both confirmations', async () => {
    const told = await run('delete', 'demo');
    expect([told.code, told.stdout]).toEqual([
      0,
      expect.stringContaining('remains: AWS::S3::Bucket'),
    ]);
    expect(await run('delete', 'demo', '--confirm', 'demo')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`enter the name ${name}-demo`),
    });
    const both = ['--confirm', `${name}-demo`, '--remove-data'];
    expect(await run('delete', 'demo', ...both)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('does not say removable: true'),
    });
    expect((await findStack(clients, stackName))!.status).toBe(
      'UPDATE_COMPLETE',
    );
    await writeText(
      (
        await readText()
      ).replace('alertEmail: ""', 'alertEmail: ""\n    removable: true'),
    );
    const deletion = await json('delete', 'demo', ...both);
    expect(deletion.stacks).toEqual([
      expect.objectContaining({
        name: stackName,
        status: 'DELETE_COMPLETE',
        stays: [],
      }),
    ]);
    expect(deletion.dags.files).toContain('project.yaml');
    expect(await findStack(clients, stackName)).toBeUndefined();
  });
});
