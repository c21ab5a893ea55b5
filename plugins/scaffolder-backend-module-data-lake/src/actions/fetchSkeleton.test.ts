import { ConfigReader } from '@backstage/config';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import fs from 'fs-extra';
import { createFetchSkeletonAction } from './fetchSkeleton';
import { makeContext } from '../__testUtils__';

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
  const workspace = createMockDirectory();

  it('renders templates alone, and leaves out what they stand for and what tools left', async () => {
    await fs.chmod(skeleton.resolve('run.sh'), 0o755);
    const action = createFetchSkeletonAction({
      path: skeleton.path,
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
