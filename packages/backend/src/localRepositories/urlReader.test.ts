import { urlReaderServiceFactory } from '@backstage/backend-defaults/urlReader';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  coreServices,
  createBackendPlugin,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import fs from 'fs-extra';
import git from 'isomorphic-git';
import { pathToFileURL } from 'node:url';
import { urlReaderFactory } from './urlReader';

describe('reading of local repositories', () => {
  const folder = createMockDirectory();
  const target = createMockDirectory();

  async function makeReader(): Promise<UrlReaderService> {
    let found: UrlReaderService | undefined;
    const probe = createBackendPlugin({
      pluginId: 'probe',
      register(env) {
        env.registerInit({
          deps: { reader: coreServices.urlReader },
          async init({ reader }) {
            found = reader;
          },
        });
      },
    });
    const backend = await startTestBackend({
      features: [
        probe,
        urlReaderFactory,
        urlReaderServiceFactory,
        mockServices.rootConfig.factory({
          data: { localRepositories: { path: folder.path } },
        }),
      ],
    });
    await backend.stop();
    return found!;
  }

  async function commit(message: string) {
    const dir = folder.resolve('movielens');
    await git.add({ fs, dir, filepath: '.' });
    return git.commit({
      fs,
      dir,
      message,
      author: { name: 'a', email: 'a@localhost' },
    });
  }

  beforeEach(async () => {
    target.clear();
    folder.setContent({
      movielens: { 'project.yaml': 'name: movielens', 'dags/a.py': '1' },
    });
    await git.init({
      fs,
      dir: folder.resolve('movielens'),
      defaultBranch: 'main',
    });
  });

  const url = () => `${pathToFileURL(folder.resolve('movielens'))}/`;

  it('gives what is committed on main, under its commit', async () => {
    const oid = await commit('first');
    await fs.writeFile(folder.resolve('movielens/dags/a.py'), 'not committed');
    const reader = await makeReader();
    const tree = await reader.readTree(url());
    expect(tree.etag).toBe(oid);
    await tree.dir({ targetDir: target.path });
    expect(target.content()).toEqual({
      'project.yaml': 'name: movielens',
      dags: { 'a.py': '1' },
    });
    await expect(reader.readTree(url(), { etag: oid })).rejects.toMatchObject({
      name: 'NotModifiedError',
    });
  });

  it('reads nothing else of the machine', async () => {
    const reader = await makeReader();
    for (const path of ['/etc/', folder.path, folder.resolve('a/b')]) {
      await expect(
        reader.readTree(pathToFileURL(path).toString()),
      ).rejects.toThrow(/is not a repository in/);
    }
    await expect(
      reader.readUrl(pathToFileURL('/etc/passwd').toString()),
    ).rejects.toThrow(/only be read as a whole/);
  });

  it('says where there is nothing on main', async () => {
    const reader = await makeReader();
    await expect(reader.readTree(url())).rejects.toThrow(/has no branch main/);
  });
});
