import { execFileSync } from 'node:child_process';
import { ConfigReader } from '@backstage/config';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import fs from 'fs-extra';
import yaml from 'yaml';
import { createFetchSkeletonAction } from './fetchSkeleton';
import { makeContext } from '../__testUtils__';
import { cliPackage } from '../__testUtils__/cliPackage';

const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));

const answers = {
  name: 'lake',
  description: 'A lake',
  owner: 'group:default/data',
  system: 'lake',
  compute: 'emr',
  tableFormat: 'parquet',
  lakeFormation: false,
  observability: false,
  environment: {
    name: 'demo',
    account: '123456789012',
    region: 'eu-central-1',
    mwaa: {
      isNew: false,
      environment: 'lake',
      airflowVersion: '3.3.1',
      bucket: 'b',
      dagPath: 'dags',
      executionRole: 'r',
      network: '',
    },
    dataBucket: '',
    codeBucket: '',
    alertEmail: '',
  },
};

const isCi = (file: string) =>
  /^(\.gitea|\.github)\/.*\.yml$|^[\w.-]+(-ci|-pipelines)\.yml$/.test(file);

describe('data-lake:skeleton:fetch', () => {
  const skeleton = createMockDirectory({
    content: {
      'project.yaml': 'name: placeholder',
      'project.yaml.njk': 'name: ${{ values.name | dump }}',
      '.airflowignore': 'tests',
      dags: {
        'dag.py': "x = '{{ ds }}' # ${{ values.name }}",
        '.venv': { a: '' },
      },
      node_modules: { a: 'b' },
      'run.sh': '#!/bin/sh',
    },
  });
  const cli = createMockDirectory({ content: cliPackage });
  const workspace = createMockDirectory();

  it('renders templates alone, and leaves out what they stand for and what tools left', async () => {
    await fs.chmod(skeleton.resolve('run.sh'), 0o755);
    const action = createFetchSkeletonAction({
      path: skeleton.path,
      cliPath: cli.path,
      integrations,
    });
    const ctx = makeContext({
      input: { targetPath: 'project', values: { name: 'a "b"' } },
      workspacePath: workspace.path,
    });
    await action.handler(ctx);
    const { project } = workspace.content() as any;
    expect(project['.airflowignore'].toString()).toBe('tests');
    delete project['.airflowignore'];
    delete project.cli;
    expect({ project }).toEqual({
      project: {
        'project.yaml': 'name: "a \\"b\\""',
        dags: { 'dag.py': "x = '{{ ds }}' # ${{ values.name }}" },
        'run.sh': '#!/bin/sh',
      },
    });
    const { mode } = await fs.stat(workspace.resolve('project/run.sh'));
    expect(mode & 0o100).toBe(0o100);
  });

  it('adds the command line with the digest of each file, as CI checks it', async () => {
    const action = createFetchSkeletonAction({
      path: skeleton.path,
      cliPath: cli.path,
      integrations,
    });
    workspace.clear();
    await action.handler(
      makeContext({
        input: { targetPath: 'project', values: { name: 'x' } },
        workspacePath: workspace.path,
      }),
    );
    const folder = workspace.resolve('project/cli');
    const check = () =>
      execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], {
        cwd: folder,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    const files = (await fs.readdir(folder)).filter(
      file => file !== 'SHA256SUMS',
    );
    expect(check()).toBe(files.map(file => `${file}: OK\n`).join(''));
    // not a template
    expect(await fs.readFile(`${folder}/main.cjs`, 'utf8')).toBe(
      '// ${{ values.name }}',
    );
    await fs.appendFile(`${folder}/main.cjs`, 'evil()');
    expect(check).toThrow('did NOT match');
  });

  it.each([
    ['github.com?owner=a&repo=b', ['.github']],
    ['gitlab.com?owner=a&repo=b', ['.gitlab-ci.yml']],
    [
      'bitbucket.org?workspace=a&project=b&repo=c',
      ['bitbucket-pipelines.yml', 'ci'],
    ],
    [
      'dev.azure.com?organization=a&project=b&repo=c',
      ['azure-pipelines.yml', 'ci'],
    ],
    ['gitea.example.com?owner=a&repo=b', ['.gitea', 'ci']],
  ])('keeps the CI of %s alone', async (repoUrl, kept) => {
    const action = createFetchSkeletonAction({
      path: `${__dirname}/../../../../skeleton`,
      cliPath: cli.path,
      integrations: ScmIntegrations.fromConfig(
        new ConfigReader({
          integrations: { gitea: [{ host: 'gitea.example.com' }] },
        }),
      ),
    });
    let count = 0;
    const list = async (at: string) => {
      workspace.clear();
      const ctx = makeContext({
        input: { targetPath: 'project', values: answers, repoUrl: at },
        workspacePath: workspace.path,
      });
      await action.handler(ctx);
      count = ctx.output.mock.calls[0][1];
      return fs.readdir(workspace.resolve('project'));
    };
    const all = await list('local?repo=b');
    const alone = await list(repoUrl);
    const ci = [
      '.gitea',
      '.github',
      '.gitlab-ci.yml',
      'azure-pipelines.yml',
      'bitbucket-pipelines.yml',
      'ci',
    ];
    expect(all).toEqual(expect.arrayContaining(ci));
    expect(alone.filter(file => ci.includes(file))).toEqual(kept);
    // the catalog knows where it has the repository from: an address of ours could only differ
    const catalogInfo = workspace.resolve('project/catalog-info.yaml');
    expect(await fs.readFile(catalogInfo, 'utf8')).not.toMatch(
      /undefined|source-location|icon: github/,
    );
    const files = await fs.readdir(workspace.resolve('project'), {
      recursive: true,
    });
    const paths = files.map(file => workspace.resolve('project', String(file)));
    expect(count).toBe(paths.filter(path => fs.statSync(path).isFile()).length);
    for (const file of files.map(String).filter(isCi)) {
      const text = await fs.readFile(
        workspace.resolve('project', file),
        'utf8',
      );
      expect(yaml.parse(text)).toBeInstanceOf(Object);
      expect(text).not.toMatch(/\{%|values\.|suffix/);
      expect(text).toMatch(/environment\.sh deploy "demo"|NAME/);
    }
    expect(all.filter(file => !ci.includes(file))).toEqual(
      alone.filter(file => !ci.includes(file)),
    );
  });

  it('says how to get the command line when there is none', async () => {
    const action = createFetchSkeletonAction({
      path: skeleton.path,
      cliPath: '/nowhere',
      integrations,
    });
    const ctx = makeContext({
      input: { values: { name: 'x' } },
      workspacePath: workspace.path,
    });
    await expect(action.handler(ctx)).rejects.toThrow(
      /no \/nowhere\/LICENSE.* Install @data-lake\/cli again/,
    );
  });

  it('says where it looked when there is none', async () => {
    const action = createFetchSkeletonAction({
      path: '/nowhere',
      integrations,
    });
    await expect(action.handler(makeContext({ input: {} }))).rejects.toThrow(
      /no skeleton at \/nowhere; see dataLake.skeleton.path/,
    );
  });
});
