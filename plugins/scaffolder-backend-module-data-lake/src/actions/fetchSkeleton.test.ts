import { execFileSync } from 'node:child_process';
import { ConfigReader } from '@backstage/config';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import fs from 'fs-extra';
import { createFetchSkeletonAction } from './fetchSkeleton';
import { makeContext } from '../__testUtils__';
import { cliPackage } from '../__testUtils__/cliPackage';

const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));

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
