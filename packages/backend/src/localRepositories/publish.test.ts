import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { createPublishLocalAction } from './publish';

const component = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'movielens' },
};

describe('publish:local', () => {
  const folder = createMockDirectory();
  const workspace = createMockDirectory();
  const publish = jest.fn();
  const action = createPublishLocalAction({
    folder: folder.path,
    catalog: catalogServiceMock({ entities: [component] }),
    events: { publish, subscribe: jest.fn() },
  });

  const context = (taskId: string, isDryRun = false) => ({
    ...createMockActionContext({
      input: { name: 'movielens', entityRef: 'component:movielens' },
      workspacePath: workspace.path,
      task: { id: taskId },
    }),
    isDryRun,
  });

  beforeEach(() => {
    folder.clear();
    workspace.setContent({ 'catalog-info.yaml': '---', 'dags/a.py': '1' });
  });

  it('makes a repository with one commit, and tells the catalog', async () => {
    const ctx = context('t1');
    await action.handler(ctx as any);

    const dir = folder.resolve('movielens');
    const [head] = await git.log({ fs, dir });
    expect(await git.listFiles({ fs, dir })).toEqual([
      'catalog-info.yaml',
      'dags/a.py',
    ]);
    expect(ctx.output).toHaveBeenCalledWith('remoteUrl', `file://${dir}`);
    expect(ctx.output).toHaveBeenCalledWith('commitHash', head.oid);
    expect(ctx.output).toHaveBeenCalledWith(
      'entityRef',
      'component:default/movielens',
    );
    expect(publish).toHaveBeenCalledWith(
      expect.objectContaining({ topic: 'local-repositories.published' }),
    );
    expect(await fs.readdir(folder.path)).toEqual(['movielens']);
  });

  it('does nothing twice when the task goes on after a restart', async () => {
    await action.handler(context('t1') as any);
    await action.handler(context('t1') as any);
    expect(
      await git.log({ fs, dir: folder.resolve('movielens') }),
    ).toHaveLength(1);
  });

  it('refuses a repository of another task, and says what to do', async () => {
    await action.handler(context('t1') as any);
    await expect(action.handler(context('t2') as any)).rejects.toThrow(
      /movielens exists already .* choose another name/,
    );
  });

  it('writes nothing in a dry run', async () => {
    await action.handler(context('t1', true) as any);
    expect(await fs.readdir(folder.path)).toEqual([]);
  });
});
