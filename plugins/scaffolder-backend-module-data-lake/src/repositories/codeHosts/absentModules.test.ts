import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import packageJson from '../../../package.json';
import { makeContext } from '../../__testUtils__';
import { publishRepository } from '../publishRepository';
import { listCodeHostTypes } from '.';
import { loadModule } from './officialAction';

const config = new ConfigReader({
  integrations: { gitea: [{ host: 'gitea.example.com' }] },
});
const services: any = {
  config,
  integrations: ScmIntegrations.fromConfig(config),
};
const types = listCodeHostTypes(services);

/* No module is installed, as in a Backstage for whose hosts others are. */
beforeAll(() => {
  for (const { type } of types) {
    jest.doMock(type.module, () => {
      throw Object.assign(new Error(`Cannot find module '${type.module}'`), {
        code: 'MODULE_NOT_FOUND',
      });
    });
  }
});

const repoUrls: Record<string, string> = {
  'bitbucket.org': 'bitbucket.org?workspace=a&project=b&repo=c',
  'dev.azure.com': 'dev.azure.com?organization=a&project=b&repo=c',
};

it.each(types.map(({ host, type }) => [host, type] as const))(
  'says which module to install for %s, before it asks for a credential or the host',
  async (host, type) => {
    const fetch = jest.spyOn(globalThis, 'fetch');
    const published = publishRepository({
      services,
      type,
      ctx: makeContext({ input: {} }),
      request: {
        repoUrl: repoUrls[host] ?? `${host}?owner=a&repo=c`,
        folder: '/nowhere',
        description: '',
        message: '',
      },
    });
    await expect(published).rejects.toThrow(
      `Run "yarn --cwd packages/backend add ${type.module}"`,
    );
    expect(fetch).not.toHaveBeenCalled();
  },
);

it('has each module as an optional peer, so that nobody installs all', () => {
  const modules = types.map(({ type }) => type.module).sort();
  const { dependencies, peerDependencies, peerDependenciesMeta } = packageJson;
  expect(Object.keys(peerDependencies)).toEqual(modules);
  expect(peerDependenciesMeta).toEqual(
    Object.fromEntries(modules.map(name => [name, { optional: true }])),
  );
  expect(modules.filter(name => name in dependencies)).toEqual([]);
});

it('does not take a module that lacks something itself for an absent one', () => {
  expect(() =>
    loadModule(require.resolve('./__fixtures__/broken.cjs')),
  ).toThrow(/Cannot find module 'what-it-needs'/);
});
