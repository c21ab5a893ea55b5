import { createMockDirectory } from '@backstage/backend-test-utils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { pathToFileURL } from 'node:url';
import { createCommitLocalAction } from './commit';

describe('publish:local:commit', () => {
  const folder = createMockDirectory();
  const workspace = createMockDirectory();
  const publish = jest.fn();
  const action = createCommitLocalAction({
    folder: folder.path,
    catalog: catalogServiceMock({
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Component',
          metadata: { name: 'movielens', annotations: { seen: 'yes' } },
        },
      ],
    }),
    events: { publish, subscribe: jest.fn() },
  });
  const dir = () => folder.resolve('movielens');

  const context = (repoUrl = `${pathToFileURL(dir())}/`) => ({
    ...createMockActionContext({
      input: {
        repoUrl,
        sourcePath: 'change',
        message: 'Add environment prod',
        entityRef: 'component:default/movielens',
        annotation: 'seen',
      },
      workspacePath: workspace.path,
      task: { id: 't1' },
    }),
  });

  beforeEach(async () => {
    publish.mockClear();
    workspace.setContent({ 'change/project.yaml': 'after' });
    folder.setContent({ movielens: { 'project.yaml': 'before', b: 'b' } });
    await git.init({ fs, dir: dir(), defaultBranch: 'main' });
    await git.add({ fs, dir: dir(), filepath: '.' });
    const author = { name: 'a', email: 'a@localhost' };
    await git.commit({ fs, dir: dir(), message: 'first', author });
  });

  it('makes one commit, also when it is tried again, and tells the catalog', async () => {
    await action.handler(context() as any);
    await action.handler(context() as any);
    const log = await git.log({ fs, dir: dir() });
    expect(log.map(({ commit }) => commit.message.trim())).toEqual([
      'Add environment prod',
      'first',
    ]);
    expect(await git.listFiles({ fs, dir: dir() })).toEqual([
      'b',
      'project.yaml',
    ]);
    expect(await fs.readFile(`${dir()}/project.yaml`, 'utf8')).toBe('after');
    expect(publish).toHaveBeenCalledWith(
      expect.objectContaining({ topic: 'local-repositories.published' }),
    );
  });

  it('keeps uncommitted edits', async () => {
    await fs.writeFile(`${dir()}/project.yaml`, 'an edit');
    await expect(action.handler(context() as any)).rejects.toThrow(
      /project.yaml has uncommitted edits/,
    );
  });

  it('commits only in the folder of repositories', async () => {
    for (const url of ['file:///etc/', 'https://github.com/a/b']) {
      await expect(action.handler(context(url) as any)).rejects.toThrow(
        /is not a repository in/,
      );
    }
  });
});
