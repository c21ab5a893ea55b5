import { createMockDirectory } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { pathToFileURL } from 'node:url';
import { createLocalHost } from './host';

const folder = createMockDirectory();
const workspace = createMockDirectory();
const publish = jest.fn();
const host = createLocalHost({
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
const entityRef = 'component:default/movielens';
const published = expect.objectContaining({
  topic: 'local-repositories.published',
});

const context = (taskId = 't1'): any =>
  createMockActionContext({
    workspacePath: workspace.path,
    task: { id: taskId },
  });

beforeEach(() => publish.mockClear());

it('takes its own locations and file URLs only', () => {
  expect(
    [
      'local?repo=a',
      'file:///a/',
      'github.com?owner=a&repo=b',
      'https://a/',
    ].map(host.takes),
  ).toEqual([true, true, false, false]);
});

describe('publish', () => {
  const request = () => ({
    repoUrl: 'local?repo=movielens',
    folder: workspace.path,
    description: '',
    message: 'Create movielens',
  });

  beforeEach(() => {
    folder.clear();
    workspace.setContent({ 'catalog-info.yaml': '---', 'dags/a.py': '1' });
  });

  it('makes a repository with one commit', async () => {
    const urls = await host.publish(context(), request());
    expect(urls).toEqual({ remoteUrl: `file://${dir()}` });
    expect(await git.listFiles({ fs, dir: dir() })).toEqual([
      'catalog-info.yaml',
      'dags/a.py',
    ]);
    expect(await fs.readdir(folder.path)).toEqual(['movielens']);
  });

  it('does nothing twice when the task goes on after a restart', async () => {
    await host.publish(context(), request());
    await host.publish(context(), request());
    expect(await git.log({ fs, dir: dir() })).toHaveLength(1);
  });

  it('lets one of two tasks publish at the same time, and refuses the other by its name', async () => {
    const results = await Promise.allSettled(
      ['t1', 't2'].map(task => host.publish(context(task), request())),
    );
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.map((each: any) => each.reason.message)).toEqual([
      expect.stringMatching(/movielens exists already .* by another task/),
    ]);
    expect(await fs.readdir(folder.path)).toEqual(['movielens']);
  });

  it('publishes nothing when it is cancelled, and leaves nothing', async () => {
    const cancel = new AbortController();
    const work = host.publish(
      { ...context(), signal: cancel.signal },
      request(),
    );
    cancel.abort();
    await expect(work).rejects.toThrow(/abort/i);
    expect(await fs.readdir(folder.path)).toEqual([]);
  });

  it('refuses a repository of another task, and says what to do', async () => {
    await host.publish(context(), request());
    await expect(host.publish(context('t2'), request())).rejects.toThrow(
      /movielens exists already .* choose another name/,
    );
  });

  it.each(['local', 'local?repo=', 'local?repo=..', 'local?repo=a/b'])(
    'refuses %s',
    async repoUrl => {
      await expect(
        host.publish(context(), { ...request(), repoUrl }),
      ).rejects.toThrow(/names no repository/);
    },
  );
});

it('tells the catalog, and waits for the entity', async () => {
  await host.register(context(), {
    repoUrl: 'local?repo=movielens',
    entityRef,
  });
  expect(publish).toHaveBeenCalledWith(published);
});

describe('requestChange', () => {
  const request = (sourceUrl = `${pathToFileURL(dir())}/`) => ({
    sourceUrl,
    folder: workspace.resolve('change'),
    branch: 'add-environment-prod',
    title: 'Add environment prod',
    description: '',
    entityRef,
    annotation: 'seen',
  });

  beforeEach(async () => {
    workspace.setContent({ 'change/project.yaml': 'after' });
    folder.setContent({ movielens: { 'project.yaml': 'before', b: 'b' } });
    await git.init({ fs, dir: dir(), defaultBranch: 'main' });
    await git.add({ fs, dir: dir(), filepath: '.' });
    const author = { name: 'a', email: 'a@localhost' };
    await git.commit({ fs, dir: dir(), message: 'first', author });
  });

  it('makes one commit, also when it is tried again, and tells the catalog', async () => {
    expect(await host.requestChange(context(), request())).toBe(undefined);
    await host.requestChange(context(), request());
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
    expect(publish).toHaveBeenCalledWith(published);
  });

  it('keeps uncommitted edits', async () => {
    await fs.writeFile(`${dir()}/project.yaml`, 'an edit');
    await expect(host.requestChange(context(), request())).rejects.toThrow(
      /project.yaml has uncommitted edits/,
    );
  });

  it('commits only in the folder of repositories', async () => {
    for (const url of ['file:///etc/', 'file:///etc/passwd']) {
      await expect(host.requestChange(context(), request(url))).rejects.toThrow(
        /is not a repository in/,
      );
    }
  });
});
